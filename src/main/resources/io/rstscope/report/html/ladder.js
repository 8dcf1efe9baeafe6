// The packets of a connection between its two sides, from top to bottom.

const SILENCE = 1;

const LADDER = ["number", "frame", "time", "gap", "fromClient", "ttl", "flags", "sequence", "payload", "window", "amqp", "there"];

function ladder(connection) {
  const packets = connection.ladder.packets.map((row) => Object.fromEntries(LADDER.map((name, i) => [name, row[i]])));
  const deciding = new Set(connection.detail.resets.flatMap((reset) => reset.evidence.flatMap(([, , , frames]) => frames)));
  const usual = [usualTtl(packets, 0), usualTtl(packets, 1)];
  const others = packets.some((packet) => packet.there !== undefined);
  const rows = [];
  let expected = 1;
  for (const packet of packets) {
    if (packet.number > expected) {
      rows.push(remark("left-out", `${count(packet.number - expected, "packet")} not shown`, others));
    }
    if (packet.gap !== null && packet.gap >= SILENCE) {
      rows.push(remark("silence", `${duration(packet.gap)} idle`, others));
    }
    rows.push(rung(packet, usual[packet.fromClient], deciding.has(packet.frame)));
    expected = packet.number + 1;
  }
  if (connection.ladder.total >= expected) {
    rows.push(remark("left-out", `${count(connection.ladder.total - expected + 1, "packet")} not shown`, others));
  }
  return element("table", { className: "ladder" },
    element("caption", {}, "Packets of the connection; a dot marks evidence"),
    element("thead", {}, element("tr", {},
      element("th", { scope: "col" }, "Frame"),
      element("th", { scope: "col" }, "Time (UTC)"),
      element("th", { scope: "col", className: "sides" },
        element("span", {}, "client"), element("span", {}, "broker")),
      element("th", { scope: "col" }, "TTL"),
      others ? element("th", { scope: "col" }, "Frame there") : null)),
    element("tbody", {}, ...rows));
}

function usualTtl(packets, side) {
  const counts = new Map();
  packets.filter((packet) => packet.fromClient === side).forEach(
    ({ ttl }) => counts.set(ttl, (counts.get(ttl) ?? 0) + 1));
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function remark(kind, words, others) {
  return element("tr", { className: kind },
    element("td", {}), element("td", {}),
    element("td", { className: "lane" }, element("span", {}, words)), element("td", {}),
    others ? element("td", {}) : null);
}

function rung(packet, usualTtl, decides) {
  const flags = text(packet.flags);
  const reset = flags.includes("RST");
  const direction = packet.fromClient ? "client to broker" : "broker to client";
  const strange = packet.ttl !== usualTtl;
  return element("tr", { className: reset ? "reset" : "", id: `frame-${packet.frame}`, tabIndex: -1 },
    element("td", { className: decides ? "deciding" : "" }, String(packet.frame),
      decides ? element("span", { className: "hidden" }, ", evidence") : null),
    element("td", {}, utc(packet.time).slice(11)),
    element("td", { className: "lane" },
      element("div", { className: `arrow ${packet.fromClient ? "to-broker" : "to-client"}` },
        element("span", { className: "hidden" }, direction + ": "),
        element("span", {},
          element("strong", {}, flags),
          packet.amqp === null ? null : ` ${text(packet.amqp)}`,
          packet.payload > 0 ? ` ${packet.payload} B` : null))),
    element("td", { className: strange ? "strange" : "", title: strange ? `usually ${usualTtl}` : "" },
      String(packet.ttl), strange ? element("span", { className: "hidden" }, `, usually ${usualTtl}`) : null,
      strange ? " ≠" : null),
    packet.there === undefined ? null : element("td", {}, frameThere(packet.there)));
}

/** A packet that was looked for in the capture at the other end and is not there has the number 0. */
function frameThere(number) {
  return number > 0 ? String(number) : number === 0 ? "not there" : "";
}
