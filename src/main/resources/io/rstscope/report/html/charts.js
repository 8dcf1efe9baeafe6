// The charts. Each has a table, or a list, that says the same to who cannot see it.

const SHAPES = { client: "circle", broker: "rect", middlebox: "triangle", undetermined: "crossRot" };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TICKS = [
  0.001, 0.01, 0.1, 1, 10, 100, 1000, 2000, 5000, 10_000, 30_000, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 30 * DAY, 365 * DAY,
];

/** Where a line is broken. */
const GAP = { x: null, y: null };

const charts = [];

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Makes a chart again and again: when the colours change it is made anew. */
function chart(id, describe, options) {
  charts.push({ id, options });
  document.getElementById(id).setAttribute("aria-label", describe);
}

function drawCharts() {
  Chart.defaults.animation = false;
  Chart.defaults.maintainAspectRatio = false;
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 13;
  Chart.defaults.color = colour("text");
  Chart.defaults.borderColor = colour("line");
  for (const each of charts) {
    each.drawn?.destroy();
    each.drawn = new Chart(document.getElementById(each.id), each.options());
  }
}

function withoutChart(id, why) {
  document.getElementById(id).parentElement.replaceWith(element("p", { className: "note" }, why));
}

function stacked(labels, valueOf, more = {}) {
  return SENDERS.map((sender) => ({
    label: sender,
    data: labels.map((label, i) => valueOf(sender, label, i)),
    backgroundColor: colour(sender),
    borderColor: colour("paper"),
    borderWidth: 1,
    ...more,
  })).filter((set) => set.data.some((value) => (value.y ?? value) > 0));
}

const wholeNumbers = { beginAtZero: true, ticks: { precision: 0 } };

function causesChart() {
  if (data.causes.length === 0) {
    withoutChart("causes-chart", "Nothing was lost or refused.");
    return;
  }
  document.getElementById("causes-box").style.height = `${110 + 36 * data.causes.length}px`;
  const described = data.causes.map((each) => `${each.cause} ${each.connections}`).join(", ");
  chart("causes-chart", `Connections by cause: ${described}`, () => ({
    type: "bar",
    data: {
      labels: data.causes.map((each) => each.cause),
      datasets: stacked(data.causes, (sender, each) => each.endedBy[sender] ?? 0),
    },
    options: {
      indexAxis: "y",
      scales: {
        x: { ...wholeNumbers, stacked: true, title: { display: true, text: "connections lost or refused" } },
        y: { stacked: true, grid: { display: false } },
      },
      plugins: { legend: { title: { display: true, text: "ended by" } } },
      onClick: (_, [bar]) => bar && filterBy({ cause: data.causes[bar.index].cause }),
    },
  }));
}

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

const BINS_PER_DECADE = 10;

/** A histogram over the logarithm of seconds. */
function idleChart() {
  const silent = connections.filter((each) => each.outcome !== "harmless" && each.idleBeforeReset > 0);
  if (silent.length === 0) {
    withoutChart("idle-chart", "No connection was lost to a reset.");
    return;
  }
  const bins = new Map();
  for (const each of silent) {
    const bin = Math.floor(Math.log10(each.idleBeforeReset) * BINS_PER_DECADE);
    const senders = bins.get(bin) ?? {};
    senders[each.endedBy] = (senders[each.endedBy] ?? 0) + 1;
    bins.set(bin, senders);
  }
  const places = [...bins.keys()].sort((a, b) => a - b);
  const middle = (bin) => (bin + 0.5) / BINS_PER_DECADE;
  const low = Math.min(-1, Math.floor(middle(places[0])));
  const known = knownTimers();
  chart("idle-chart", `Silence before the reset of ${count(silent.length, "connection")}, on a logarithmic scale`, () => ({
    data: {
      datasets: [
        ...stacked(places, (sender, bin) => ({ x: middle(bin), y: bins.get(bin)[sender] ?? 0 }),
          { type: "bar", barThickness: 8, grouped: false }),
        lines("inferred timer", data.idleTimers.map((each) => ({ seconds: each.atMost, says: inferred(each) })), 1,
          { borderColor: colour("accent"), borderWidth: 3 }),
        lines("known timers", known.map((each) => ({ seconds: each.seconds, says: `${duration(each.seconds)}: ${each.titles}` })), 0.9,
          { borderColor: colour("muted"), borderWidth: 1.5, borderDash: [4, 4] }),
      ],
    },
    options: {
      parsing: false,
      scales: {
        x: {
          type: "linear", min: low, max: 6, offset: false, grid: { offset: false },
          ticks: { stepSize: 1, callback: (value) => (value < 4 ? duration(10 ** value) : `${(10 ** value).toLocaleString("en")} s`) },
          title: { display: true, text: "silence, logarithmic scale" },
        },
        y: { ...wholeNumbers, stacked: true, grace: "10%", title: { display: true, text: "connections" } },
        full: { display: false, min: 0, max: 1 },
      },
      interaction: { mode: "nearest", axis: "x", intersect: false },
      plugins: { tooltip: { filter: (_, index) => index < 4, callbacks: { title: () => "", label: (item) => binLabel(item) } } },
    },
  }));
  fill("idle-table", plainTable("Connections by silence before the reset", ["Silence", ...SENDERS],
    places.map((bin) => [range(bin), ...SENDERS.map((sender) => String(bins.get(bin)[sender] ?? 0))])));
}

function knownTimers() {
  const bySeconds = new Map();
  for (const each of data.knownTimers) {
    bySeconds.set(each.seconds, [...(bySeconds.get(each.seconds) ?? []), each.title]);
  }
  return [...bySeconds].sort(([a], [b]) => a - b).map(([seconds, titles]) => ({ seconds, titles: titles.join("; ") }));
}

/** Upright lines, as high as that part of the chart. */
function lines(label, timers, top, style) {
  const points = timers.flatMap(({ seconds, says }) => {
    const x = Math.log10(seconds);
    return [{ x, y: 0, says }, { x, y: top, says }, GAP];
  });
  return { type: "line", label, data: points, yAxisID: "full", parsing: true, pointRadius: 0, pointHitRadius: 6, backgroundColor: "transparent", spanGaps: false, ...style };
}

function inferred(timer) {
  return `inferred: ${timer.exact ? "" : "at most "}${duration(timer.atMost)}`;
}

function range(bin) {
  return `${duration(10 ** (bin / BINS_PER_DECADE))} to ${duration(10 ** ((bin + 1) / BINS_PER_DECADE))}`;
}

function binLabel(item) {
  return item.raw.says ?? `${range(Math.floor(item.raw.x * BINS_PER_DECADE))}: ${count(item.raw.y, "connection")}, ended by ${item.dataset.label}`;
}
