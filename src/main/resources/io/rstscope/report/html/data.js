// The data of the page, and how its values are written. Text from captures only ever becomes text nodes.

const data = JSON.parse(document.getElementById("data").textContent);

const SENDERS = ["client", "broker", "middlebox", "undetermined"];

const text = (number) => (number === null ? null : data.texts[number] ?? "(left out: the page is full)");

function connection(row, details) {
  const found = Object.fromEntries(data.columns.map((column, i) => [column, row[i]]));
  found.detail = found.detail === null ? null : details[found.detail];
  found.ladder = found.ladder === null ? null : data.ladders[found.ladder];
  found.address = (found.client.includes(":") ? `[${found.client}]` : found.client) + ":" + found.port;
  found.heartbeatText = heartbeat(found.heartbeat);
  found.words = [
    found.address, found.broker, found.name, found.product, found.cause, found.endedBy, data.captures[found.capture]?.name,
  ].join("\n").toLowerCase();
  return found;
}

const connections = [
  ...data.lostRows.map((row) => connection(row, data.lostDetails)),
  ...data.otherRows.map((row) => connection(row, data.otherDetails)),
];
connections.forEach((each, number) => (each.number = number));

function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

function heartbeat(seconds) {
  return seconds === null ? "not seen" : seconds === 0 ? "off" : `${seconds} s`;
}

/** 210 µs, 4.20 ms, 350 s, 2.22 h, as the other reports have it; a dash where it is not known. */
function duration(seconds) {
  if (seconds === null) {
    return "–";
  }
  const [value, unit] =
    seconds < 1e-3 ? [seconds * 1e6, "µs"]
    : seconds < 1 ? [seconds * 1e3, "ms"]
    : seconds < 7200 ? [seconds, "s"]
    : [seconds / 3600, "h"];
  return `${value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0)} ${unit}`;
}

/** A configured time, which is exact: 60 s. */
const timer = (seconds) => duration(seconds).replace(/\.0+ /, " ");

/** 2026-11-20 17:58:38.733 */
function utc(milliseconds) {
  return new Date(milliseconds).toISOString().replace("T", " ").slice(0, 23);
}

function sentence(clause) {
  return clause.charAt(0).toUpperCase() + clause.slice(1) + ".";
}

/** An element; children are elements or text, and null is left out. */
function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) {
      made[name] = value;
    } else {
      made.setAttribute(name, value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Text that a peer chose: its direction of reading ends with it. */
const foreign = (words) => (words === null ? null : element("bdi", {}, words));

function fill(id, ...children) {
  document.getElementById(id).replaceChildren(...children.filter((child) => child !== null));
}

function plainTable(caption, heads, rows) {
  return element("table", {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, cell))))));
}

function button(label, action) {
  return element("button", { type: "button", onclick: action }, label);
}
