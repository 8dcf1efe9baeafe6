// One connection: why it ended, its packets, and the evidence beside them.

const dialog = document.getElementById("detail");

let opened = null;

function openDetail(connection) {
  opened = connection;
  fill("detail-title", foreign(connection.address), " → ", foreign(connection.broker));
  fill("detail-body", ...detailParts(connection));
  const place = visible.indexOf(connection);
  document.getElementById("previous").disabled = place <= 0;
  document.getElementById("next").disabled = place < 0 || place === visible.length - 1;
  history.replaceState(null, "", `#connection-${connection.number}`);
  if (!dialog.open) {
    dialog.showModal();
  }
  document.getElementById("detail-body").scrollTop = 0;
}

/** Shows the open dialog in another way: what is modal is cut at the end of a sheet of paper. */
function showAgain(show) {
  if (dialog.open) {
    dialog.close();
    show();
  }
}

function openBeside(step) {
  openDetail(visible[visible.indexOf(opened) + step]);
}

function detailParts(connection) {
  const detail = connection.detail;
  const facts = element("p", {},
    "Ended by ", tag(connection.endedBy), ", cause ", explained("cause", connection.cause), ` (confidence ${connection.confidence}), `,
    `${utc(connection.ended)} UTC, in `, foreign(data.captures[connection.capture]?.name ?? "a capture that is not listed"));
  if (detail === null) {
    return [facts, element("p", { className: "note" },
      "This connection is shown without evidence and packets to keep the page small. rstscope analyze --format json has them.")];
  }
  return [
    facts,
    element("p", { className: "says" }, sentence(text(detail.says))),
    text(detail.identity) ? element("p", {}, foreign(text(detail.identity))) : null,
    text(detail.log) ? element("p", {}, "Broker's log: ", foreign(text(detail.log))) : null,
    text(detail.leg) ? element("p", {}, "Other leg: ", foreign(text(detail.leg))) : null,
    ...detail.remarks.map((remark) => element("p", { className: "note" }, sentence(text(remark)))),
    detail.proxySigns.length > 0
      ? element("p", {}, `The client's address may be a proxy's: ${detail.proxySigns.map(text).join("; ")}.`) : null,
    element("div", { className: "beside" },
      element("div", { className: "packets" }, packets(connection)),
      element("div", {},
        ...causeEvidence(connection),
        ...detail.resets.flatMap((reset) => evidence(reset)),
        connection.resetCount > detail.resets.length
          ? element("p", {}, `and ${count(connection.resetCount - detail.resets.length, "more reset")}`) : null,
        detail.advice.length > 0 ? element("h3", {}, "Fix") : null,
        ...toDo(detail))),
  ].filter((part) => part !== null);
}

function packets(connection) {
  if (connection.ladder !== null) {
    return ladder(connection);
  }
  const missing = data.captures[connection.capture]?.packetsMissing;
  const why = connection.outcome === "harmless"
    ? "packets are kept for lost connections only"
    : missing ?? "there are too many connections to keep packets for all";
  return element("p", { className: "note" }, `The packets are not in this page: ${why}.`);
}

function tag(sender) {
  return element("span", { className: `tag ${sender}` }, sender);
}

/** What decided between the cause and the next likely one. */
function causeEvidence({ cause, detail }) {
  return detail.evidence.length === 0 ? [] : [
    element("h3", {}, ...(cause === "undetermined"
      ? ["Evidence on the cause, and which it speaks for"]
      : ["Evidence for and against ", explained("cause", cause)])),
    element("ul", { className: "evidence" }, ...detail.evidence.map((each) => each.map(text)).map(([stand, fact, says]) =>
      element("li", { className: stand }, element("span", { className: "stand", title: fact }, stand), " ", says))),
  ];
}

function evidence(reset) {
  const where = reset.file === undefined ? "" : ` (${reset.fileFrame} of ${text(reset.file)})`;
  return [
    element("h3", {}, "Reset in ", frameLink(reset.frame), where),
    element("p", {}, reset.fromClient ? "Source address of the client" : "Source address of the broker", ", ",
      explained("role", reset.role), ", ", explained("shape", reset.shape), ": ",
      ...(reset.sender === "undetermined"
        ? ["sender ", tag(reset.sender)]
        : ["sent by ", tag(reset.sender), ` (confidence ${reset.confidence})`]),
      reset.peerMayBeProxy ? "; the peer may be a proxy" : ""),
    reset.diagnostic === null ? null : element("p", {}, "Reason in the RST: ", foreign(text(reset.diagnostic))),
    element("ul", { className: "evidence" }, ...reset.evidence.map(([stand, clue, says, frames]) =>
      element("li", { className: stand },
        element("span", { className: "stand", title: data.words[`clue ${clue}`] ?? "" }, stand), " ", text(says), " ",
        ...frames.flatMap((frame) => [frameLink(frame), " "])))),
    compared(reset),
  ].filter((part) => part !== null);
}

const explained = (kind, word) => element("span", { title: data.words[`${kind} ${word}`] ?? "" }, word);

function compared(reset) {
  const rows = reset.compared.map((row) => row.map(text)).filter(([, here]) => here !== null);
  const table = plainTable("The reset and earlier packets from its claimed sender",
    ["", "reset", "earlier"], rows.map(([what, here, before]) => [what, here, before ?? "–"]));
  return element("details", {}, element("summary", {}, "Compared with earlier packets from this side"), table);
}

/** Leads to the packet in the ladder, where it is there. */
function frameLink(frame) {
  return element("button", { type: "button", className: "link", onclick: () => {
    const row = document.getElementById(`frame-${frame}`);
    row?.scrollIntoView({ block: "center" });
    row?.focus();
  } }, `frame ${frame}`);
}

function toDo({ advice, checks }) {
  return [
    ...advice.map((each) => element("p", {}, sentence(text(each)))),
    checks.length > 0 ? element("h3", {}, "Verify") : null,
    ...checks.map(([on, lookFor, command]) => element("div", {},
      element("p", {}, `On ${text(on)}, ${text(lookFor)}:`), element("pre", {}, text(command)))),
  ].filter((part) => part !== null);
}

function listenToDialog() {
  document.getElementById("close").onclick = () => dialog.close();
  document.getElementById("previous").onclick = () => openBeside(-1);
  document.getElementById("next").onclick = () => openBeside(1);
  dialog.onclose = () => dialog.open || history.replaceState(null, "", "#connections");
  const named = connections[/^#connection-(\d+)$/.exec(location.hash)?.[1]];
  if (named) {
    openDetail(named);
  }
}
