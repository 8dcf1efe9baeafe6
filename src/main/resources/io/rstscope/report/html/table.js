// The table of connections: filtered, sorted, and shown in parts.

const PART = 50;

const COLUMNS = [
  { head: "Ended (UTC)", of: (each) => each.ended, cell: (each) => utc(each.ended) },
  { head: "Client", of: (each) => each.address, cell: (each) => opener(each) },
  { head: "Name", of: (each) => each.name ?? each.product ?? "", cell: (each) => foreign(each.name ?? each.product) ?? "", wide: true },
  { head: "Broker", of: (each) => each.broker, cell: (each) => foreign(each.broker) },
  { head: "Ended by", of: (each) => each.endedBy, cell: (each) => tag(each.endedBy) },
  { head: "Cause", of: (each) => each.cause, cell: (each) => explained("cause", each.cause) },
  { head: "Confidence", of: (each) => each.confidence, cell: (each) => String(each.confidence), number: true },
  { head: "Idle", of: (each) => each.idle ?? -1, cell: (each) => duration(each.idle), number: true },
  { head: "Heartbeat", of: (each) => each.heartbeat ?? -1, cell: (each) => each.heartbeatText, number: true },
  { head: "Incident", of: (each) => each.incident, cell: (each) => (each.incident === 0 ? "" : String(each.incident)), number: true },
  ...(data.captures.length > 1
    ? [{ head: "Capture", of: (each) => each.capture, cell: (each) => foreign(data.captures[each.capture]?.name ?? ""), wide: true }]
    : []),
];

const order = { column: COLUMNS[0], descending: false };
let visible = [];
let shown = PART;

const opener = (connection) =>
  element("button", { type: "button", className: "link", onclick: () => openDetail(connection) }, foreign(connection.address));

const incidentKey = ({ capture, number }) => `${capture}.${number}`;

function select(name, label, first, options) {
  return element("label", {}, label, element("select", { name },
    element("option", { value: "" }, first),
    ...options.map(([value, words]) => element("option", { value }, words))));
}

function values(property) {
  return [...new Set(connections.map((each) => each[property]))].sort().map((value) => [value, value]);
}

function makeFilters() {
  const form = document.getElementById("filters");
  form.append(
    element("label", { className: "wide" }, "Search", element("input", { type: "search", name: "words", autocomplete: "off",
      placeholder: "address, name, broker, …" })),
    select("outcome", "Outcome", "all", values("outcome")),
    select("endedBy", "Ended by", "anybody", values("endedBy")),
    select("cause", "Cause", "any", values("cause")),
    ...(data.incidents.length > 0 ? [select("incident", "Incident", "any", data.incidents.map((each) => [incidentKey(each),
      `${each.number}: ${count(each.connections, "connection")}, ${each.cause}${data.captures.length > 1 ? `, ${data.captures[each.capture]?.name}` : ""}`]))] : []),
    element("button", { type: "reset" }, "Clear"));
  form.elements.outcome.value = lostOnes.length > 0 ? "lost" : "";
  form.oninput = update;
  form.onchange = update;
  form.onsubmit = (event) => event.preventDefault();
  form.onreset = () => setTimeout(update);
}

/** Shows the connections of a bar or an incident that was chosen elsewhere. */
function filterBy(wanted) {
  const form = document.getElementById("filters");
  for (const name of ["words", "outcome", "endedBy", "cause", "incident"]) {
    if (form.elements[name]) {
      form.elements[name].value = wanted[name] ?? "";
    }
  }
  update();
  document.getElementById("connections").scrollIntoView();
}

function update() {
  const { words, outcome, endedBy, cause, incident } = document.getElementById("filters").elements;
  const sought = words.value.trim().toLowerCase();
  const fits = (select, value) => !select || select.value === "" || select.value === value;
  visible = connections.filter((each) =>
    fits(outcome, each.outcome) && fits(endedBy, each.endedBy) && fits(cause, each.cause)
    && fits(incident, incidentKey({ capture: each.capture, number: each.incident })) && each.words.includes(sought));
  const sign = order.descending ? -1 : 1;
  visible.sort((a, b) => {
    const [x, y] = [order.column.of(a), order.column.of(b)];
    return sign * (typeof x === "string" ? x.localeCompare(y, "en", { numeric: true }) : x - y) || a.number - b.number;
  });
  shown = PART;
  showRows();
}

const kind = (column) => (column.number ? "number" : column.wide ? "wide" : "");

function showHead() {
  document.querySelector("#table thead").replaceChildren(element("tr", {}, ...COLUMNS.map((column) => {
    const sorted = order.column === column ? (order.descending ? "descending" : "ascending") : "none";
    return element("th", { scope: "col", "aria-sort": sorted, className: kind(column) },
      button(column.head, () => sortBy(column)));
  })));
}

function sortBy(column) {
  order.descending = order.column === column && !order.descending;
  order.column = column;
  showHead();
  update();
  document.querySelectorAll("#table thead button")[COLUMNS.indexOf(column)].focus();
}

function showRows() {
  document.querySelector("#table tbody").replaceChildren(...visible.slice(0, shown).map((each) =>
    element("tr", {}, ...COLUMNS.map((column) =>
      element("td", { className: kind(column) }, column.cell(each))))));
  const left = visible.length - shown;
  fill("shown", `${visible.length.toLocaleString("en")} of ${count(connections.length, "connection")}`
    + (left > 0 ? `, the first ${shown} shown` : ""));
  const more = document.getElementById("more");
  more.hidden = left <= 0;
  more.textContent = `Show ${Math.min(left, 10 * PART)} more`;
}

function makeTable() {
  makeFilters();
  showHead();
  document.getElementById("more").onclick = () => {
    shown += 10 * PART;
    showRows();
  };
  update();
}
