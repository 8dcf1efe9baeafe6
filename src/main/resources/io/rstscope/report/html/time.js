// The charts of time: each reset, and the hours of the day.

const SHAPES = { client: "circle", broker: "rect", middlebox: "triangle", undetermined: "crossRot" };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TICKS = [
  0.001, 0.01, 0.1, 1, 10, 100, 1000, 2000, 5000, 10_000, 30_000, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 30 * DAY, 365 * DAY,
];

/** Marks in rows: one for incidents, one for each sender. */
function timeChart() {
  const rows = SENDERS.filter((sender) => connections.some(
    (each) => each.resets.some((reset) => reset[1] === sender) || (each.resets.length === 0 && each.endedBy === sender)));
  const hasIncidents = data.incidents.length > 0;
  const labels = [...rows, ...(hasIncidents ? ["incidents"] : [])];
  const sets = rows.map((sender, row) => marks(sender, row));
  const all = sets.flatMap((set) => set.points);
  if (all.length === 0) {
    withoutChart("time-chart", "Nothing was reset or lost.");
    return;
  }
  const first = all.reduce((least, point) => Math.min(least, point.x), Infinity);
  const last = all.reduce((most, point) => Math.max(most, point.x), -Infinity);
  const margin = Math.max((last - first) * 0.02, 1);
  chart("time-chart", `Resets in time by sender, ${count(all.length, "mark")}`, () => ({
    type: "scatter",
    data: {
      datasets: [
        ...sets.map((set) => ({
          label: set.sender,
          data: set.points,
          pointStyle: set.points.map((point) => (point.reset ? SHAPES[set.sender] : "circle")),
          pointBackgroundColor: set.points.map((point) => (point.reset ? colour(set.sender) : "transparent")),
          borderColor: colour(set.sender),
          borderWidth: 2,
          radius: all.length > 2000 ? 3 : 5,
        })),
        ...(hasIncidents ? [incidentMarks(rows.length)] : []),
      ],
    },
    options: {
      parsing: false,
      scales: {
        x: {
          type: "linear",
          min: first - margin,
          max: last + margin,
          afterBuildTicks: (axis) => (axis.ticks = timeTicks(axis.min, axis.max)),
          ticks: { callback: (value, _, ticks) => tickLabel(value, ticks), maxRotation: 0, autoSkipPadding: 20 },
        },
        y: {
          min: -0.6,
          max: labels.length - 0.4,
          reverse: true,
          afterBuildTicks: (axis) => (axis.ticks = labels.map((_, value) => ({ value }))),
          ticks: { callback: (value) => labels[value], autoSkip: false },
          grid: { display: false },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: { filter: (_, index) => index < 5, callbacks: { label: (item) => item.raw.says() } },
        zoom: {
          limits: { x: { min: first - margin, max: last + margin } },
          zoom: { drag: { enabled: true, backgroundColor: colour("zoom") }, wheel: { enabled: true, modifierKey: "ctrl" }, mode: "x" },
        },
      },
      onClick: (_, [mark], drawn) => mark && drawn.data.datasets[mark.datasetIndex].data[mark.index].choose(),
    },
  }));
  zoomButtons();
}

function marks(sender, row) {
  const points = [];
  const add = (each, time, reset, what) => points.push({
    x: time,
    // beside each other what happened at once, always in the same way
    y: row + ((points.length * 0.618) % 1 - 0.5) * 0.7,
    reset,
    says: () => `${utc(time)}: ${what} ${each.address}, ${each.cause}`,
    choose: () => openDetail(each),
  });
  for (const each of connections) {
    each.resets.filter((reset) => reset[1] === sender).forEach((reset) => add(each, reset[0], true, `${sender} reset`));
    if (each.resets.length === 0 && each.outcome === "lost" && each.endedBy === sender) {
      add(each, each.ended, false, "lost without a reset:");
    }
  }
  points.sort((a, b) => a.x - b.x);
  return { sender, points };
}

function incidentMarks(row) {
  const points = [];
  data.incidents.forEach((incident, i) => {
    const y = row + ((i % 3) - 1) * 0.25;
    const more = {
      y,
      says: () => `incident ${incident.number}: ${count(incident.connections, "connection")}, ${incident.cause}`,
      choose: () => filterBy({ incident: incidentKey(incident) }),
    };
    points.push({ x: incident.first, ...more }, { x: incident.last, ...more }, GAP);
  });
  return {
    label: "incidents", data: points, parsing: true, showLine: true, spanGaps: false, borderWidth: 5, radius: 4, pointStyle: "rectRot",
    borderColor: colour("text"), backgroundColor: colour("text"),
  };
}

function zoomButtons() {
  const drawn = () => charts.find((each) => each.id === "time-chart").drawn;
  fill("time-zoom",
    button("Zoom in", () => drawn().zoom(2)),
    button("Zoom out", () => drawn().zoom(0.5)),
    button("Show all", () => drawn().resetZoom()));
}

function timeTicks(from, to) {
  const step = TICKS.find((each) => (to - from) / each <= 8) ?? TICKS.at(-1);
  const ticks = [];
  for (let value = Math.ceil(from / step) * step; value <= to && ticks.length < 20; value += step) {
    ticks.push({ value });
  }
  return ticks;
}

function tickLabel(value, ticks) {
  const step = ticks.length > 1 ? ticks[1].value - ticks[0].value : 1000;
  const [day, time] = utc(value).split(" ");
  return step >= DAY ? day : step >= MINUTE ? [time.slice(0, 5), day] : step >= 1000 ? [time.slice(0, 8), day] : [time, day];
}

const lostOnes = connections.filter((each) => each.outcome === "lost");

function hoursChart() {
  const spans = data.captures.filter((each) => each.packets > 0);
  const first = Math.min(...spans.map((each) => each.first));
  const last = Math.max(...spans.map((each) => each.last));
  if (last - first <= DAY || lostOnes.length === 0) {
    return;
  }
  document.getElementById("hours").hidden = false;
  const hours = Array.from({ length: 24 }, () => ({}));
  for (const each of lostOnes) {
    const hour = hours[new Date(each.ended).getUTCHours()];
    hour[each.endedBy] = (hour[each.endedBy] ?? 0) + 1;
  }
  const labels = hours.map((_, hour) => String(hour).padStart(2, "0"));
  chart("hours-chart", "Lost connections by hour of the day, UTC", () => ({
    type: "bar",
    data: { labels, datasets: stacked(hours, (sender, hour) => hour[sender] ?? 0) },
    options: { scales: { x: { stacked: true, grid: { display: false } }, y: { ...wholeNumbers, stacked: true } } },
  }));
  fill("hours-table", plainTable("Lost connections by hour (UTC)", ["Hour", ...SENDERS],
    hours.map((hour, i) => [labels[i], ...SENDERS.map((sender) => String(hour[sender] ?? 0))])));
}
