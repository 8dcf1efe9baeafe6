// The page from top to bottom.

function header() {
  const { totals, captures } = data;
  const spans = captures.filter((each) => each.packets > 0);
  const names = captures.length === 1 ? [foreign(captures[0].name)] : [count(captures.length + data.leftOut.captures, "capture")];
  const first = Math.min(...spans.map((each) => each.first));
  const last = Math.max(...spans.map((each) => each.last));
  fill("context", ...names, spans.length > 0 ? `, ${utc(first)} to ${utc(last)} UTC` : "",
    captures.some((each) => !each.complete) ? " — INCOMPLETE, see Captures" : "");
  fill("totals",
    tile(totals.lost, "lost", "lost"),
    tile(totals.refused, "refused"),
    totals.halfOpen > 0 ? tile(totals.halfOpen, "half-open") : null,
    tile(totals.harmless, "harmless"),
    tile(totals.resets, `resets, ${totals.harmlessResets.toLocaleString("en")} of them harmless`));
}

function tile(number, label, kind = "") {
  return element("li", { className: number > 0 ? kind : "" }, element("strong", {}, number.toLocaleString("en")), ` ${label}`);
}

/** What would have saved most connections comes first. */
function toDoList() {
  const causes = data.causes.filter((each) => each.advice.length > 0).sort((one, other) => other.saves - one.saves);
  const parts = causes.map((cause) => element("details", { open: cause === causes[0] },
    element("summary", {}, `${cause.cause}: ${count(cause.connections, "connection")}`),
    cause.connections > 1 ? element("p", { className: "note" }, `For example that of ${cause.example}:`) : "",
    ...toDo(cause)));
  const before = causes.findIndex((each) => each.saves <= data.heartbeatsSave);
  parts.splice(before < 0 ? parts.length : before, 0, ...data.heartbeats.map((says) => element("p", { className: "says" }, `${says}.`)));
  if (parts.length === 0) {
    parts.push(element("p", {}, data.totals.lost > 0 ? "The packets suggest no fix." : "Nothing."));
  }
  fill("to-do-list", ...parts);
}

function causesTable() {
  fill("causes-table", plainTable("Connections lost or refused by cause", ["Cause", "Connections", ...SENDERS, "Meaning"],
    data.causes.map((each) => [each.cause, String(each.connections), ...SENDERS.map((sender) => String(each.endedBy[sender] ?? 0)),
      each.explanation])));
}

const LISTED = 10;

/** The first of a list, and the others behind a summary. */
function longList(items, more) {
  const [first, others] = [items.slice(0, LISTED), items.slice(LISTED)];
  return [
    element("ul", {}, ...first),
    others.length > 0 ? element("details", {}, element("summary", {}, `${others.length} ${more}`), element("ul", {}, ...others)) : null,
  ];
}

function incidentList() {
  if (data.incidents.length === 0) {
    return;
  }
  const largest = [...data.incidents].sort((a, b) => b.connections - a.connections);
  const capture = (incident) => (data.captures.length > 1 ? `, in ${data.captures[incident.capture]?.name}` : "");
  fill("incidents",
    element("h3", {}, "Incidents"),
    ...longList(largest.map((each) => element("li", {},
      `${utc(each.first)}: ${each.says}${capture(each)} `,
      button("Show them", () => filterBy({ incident: incidentKey(each) })))), "smaller incidents"),
    data.leftOut.incidents > 0 ? element("p", {}, `and ${count(data.leftOut.incidents, "smaller incident")}`) : null);
}

function timerList() {
  fill("timers",
    data.idleTimers.length > 0 ? element("h3", {}, "Idle timers inferred from the losses") : null,
    ...(data.idleTimers.length > 0 ? longList(data.idleTimers.map((each) => element("li", {},
      `${sentence(each.says)} ${sentence(each.expiry)}`, data.captures.length > 1 ? ` (${each.capture})` : "")), "more timers") : []),
    element("details", {}, element("summary", {}, "Known timers, the dashed lines"),
      plainTable("Defaults of devices and services", ["Timer", "Of"], knownTimers().map((each) => [timer(each.seconds), each.titles]))));
}

function captureTable() {
  fill("captures", plainTable("Captures", ["Capture", "Packets", "TCP flows", "From (UTC)", "Lasts", "Dropped", "Cut", "Captured", "Notes"],
    data.captures.map((each) => [
      foreign(each.name), each.packets.toLocaleString("en"), each.flows.toLocaleString("en"),
      each.packets > 0 ? utc(each.first) : "–", each.packets > 0 ? duration((each.last - each.first) / 1000) : "–",
      each.dropped.toLocaleString("en"), each.cut.toLocaleString("en"), each.vantage, foreign(each.notes)])));
  const logged = data.captures.filter((each) => each.log.length > 0);
  fill("logs", logged.length > 0 ? element("h3", {}, "The broker's log") : null,
    ...logged.map((each) => element("div", {}, element("p", {}, foreign(each.name)),
      element("ul", {}, ...each.log.map((says) => element("li", {}, foreign(says)))))));
  const compared = data.captures.filter((each) => each.sides.length > 0);
  fill("sides", compared.length > 0 ? element("h3", {}, "Captures at the other end") : null,
    ...compared.flatMap((each) => each.sides.map(([standing, ...details]) => element("div", {},
      element("p", {}, "Beside ", foreign(each.name), ": ", foreign(standing)),
      element("ul", {}, ...details.map((says) => element("li", {}, foreign(says))))))));
  const { leftOut } = data;
  const without = connections.filter((each) => each.detail === null).length;
  const notes = [
    [leftOut.captures, "capture", "not listed here"],
    [leftOut.lostRows, "lost or refused connection", "neither in the table nor in the charts of time and idle time"],
    [leftOut.otherRows, "harmless connection", "neither in the table nor in the chart of time"],
    [leftOut.incidents, "smaller incident", "not shown"],
    [without, "connection", "shown without evidence and packets"],
    [leftOut.ladders, "lost connection", "shown without packets"],
  ].filter(([number]) => number > 0).map(([number, noun, what]) => element("li", {}, `${count(number, noun)} ${what}`));
  fill("left-out", notes.length > 0 ? element("h3", {}, "Left out of this page") : null,
    notes.length > 0 ? element("ul", {}, ...notes) : null,
    notes.length > 0 ? element("p", {}, "rstscope analyze --format json has everything.") : null);
}

function wordList() {
  const kinds = ["sender", "cause", "clue", "role", "shape"];
  fill("words", ...kinds.map((kind) => element("details", {}, element("summary", {}, `What each ${kind} means`),
    element("dl", {}, ...Object.entries(data.words).filter(([key]) => key.startsWith(kind + " ")).flatMap(([key, meaning]) => [
      element("dt", {}, key.slice(kind.length + 1)), element("dd", {}, sentence(meaning))])))));
}

/** Colours follow the system; paper is white, and holds the connection that is open, or else the page. */
function followColours() {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawCharts);
  addEventListener("beforeprint", () => {
    document.documentElement.classList.add("print");
    showAgain(() => dialog.show());
    drawCharts();
  });
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("print");
    showAgain(() => dialog.showModal());
    drawCharts();
  });
}

header();
toDoList();
causesTable();
causesChart();
timeChart();
hoursChart();
idleChart();
incidentList();
timerList();
makeTable();
captureTable();
wordList();
fill("tool", `Made by ${data.tool}.`);
drawCharts();
followColours();
listenToDialog();
