// The histogram of idle times before the end, and the timers that may explain them.

const BINS_PER_DECADE = 10;

/** A histogram over the logarithm of seconds. */
function idleChart() {
  const idle = connections.filter((each) => each.outcome === "lost" && each.idle > 0);
  if (idle.length === 0) {
    withoutChart("idle-chart", "No connection was lost after an idle time.");
    return;
  }
  const bins = new Map();
  for (const each of idle) {
    const bin = Math.floor(Math.log10(each.idle) * BINS_PER_DECADE);
    const senders = bins.get(bin) ?? {};
    senders[each.endedBy] = (senders[each.endedBy] ?? 0) + 1;
    bins.set(bin, senders);
  }
  const places = [...bins.keys()].sort((a, b) => a - b);
  const middle = (bin) => (bin + 0.5) / BINS_PER_DECADE;
  const low = Math.min(-1, Math.floor(middle(places[0])));
  const known = knownTimers();
  chart("idle-chart", `Idle time before the end of ${count(idle.length, "connection")}, on a logarithmic scale`, () => ({
    data: {
      datasets: [
        ...stacked(places, (sender, bin) => ({ x: middle(bin), y: bins.get(bin)[sender] ?? 0 }),
          { type: "bar", barThickness: 8, grouped: false }),
        lines("inferred timer", data.idleTimers.map((each) => ({ seconds: each.atMost, says: inferred(each) })), 1,
          { borderColor: colour("accent"), borderWidth: 3 }),
        lines("known timers", known.map((each) => ({ seconds: each.seconds, says: `${timer(each.seconds)}: ${each.titles}` })), 0.9,
          { borderColor: colour("muted"), borderWidth: 1.5, borderDash: [4, 4] }),
      ],
    },
    options: {
      parsing: false,
      scales: {
        x: {
          type: "linear", min: low, max: 6, offset: false, grid: { offset: false },
          ticks: { stepSize: 1, callback: (value) => (value < 4 ? timer(10 ** value) : `${(10 ** value).toLocaleString("en")} s`) },
          title: { display: true, text: "idle time, logarithmic scale" },
        },
        y: { ...wholeNumbers, stacked: true, grace: "10%", title: { display: true, text: "connections" } },
        full: { display: false, min: 0, max: 1 },
      },
      interaction: { mode: "nearest", axis: "x", intersect: false },
      plugins: { tooltip: { filter: (_, index) => index < 4, callbacks: { title: () => "", label: (item) => binLabel(item) } } },
    },
  }));
  fill("idle-table", plainTable("Connections by idle time before the end", ["Idle time", ...SENDERS],
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

function inferred(found) {
  return `inferred: ${found.exact ? "" : "at most "}${timer(found.atMost)}`;
}

function range(bin) {
  return `${duration(10 ** (bin / BINS_PER_DECADE))} to ${duration(10 ** ((bin + 1) / BINS_PER_DECADE))}`;
}

function binLabel(item) {
  return item.raw.says ?? `${range(Math.floor(item.raw.x * BINS_PER_DECADE))}: ${count(item.raw.y, "connection")}, ended by ${item.dataset.label}`;
}
