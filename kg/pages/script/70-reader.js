// The report text: names can be chosen, and the passage behind the selection is marked in its paragraph.
let reading = 0, passage = null; // number of the report, and the passage that is marked

/** Cut paragraph `from`..`to` at the edges of mentions and of the marked passage. */
function pieces(from, to) {
  const names = data.reports[reading].mentions.filter(([start, end]) => start < to && end > from).map(([start, end, node]) => ({ start, end, node }));
  const spot = passage && passage.report === reading ? passage : null;
  const cuts = new Set([from, to]);
  for (const span of spot ? [...names, spot] : names) for (const at of [span.start, span.end]) if (at > from && at < to) cuts.add(at);
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, i) => {
    const name = names.find((m) => m.start <= start && start < m.end);
    return { start, end: sorted[i + 1], node: name ? nodeList[name.node].id : null, marked: spot !== null && spot.start <= start && start < spot.end };
  });
}

function paragraphOf(from, to) {
  const here = passage !== null && passage.report === reading && passage.start < to && passage.end > from;
  const body = [];
  for (const piece of pieces(from, to)) {
    let part = document.createTextNode(slice(reading, piece.start, piece.end));
    if (piece.node !== null) part = make("span", { class: piece.node === state.at ? "mention chosen" : "mention", "data-node": piece.node, click: () => choose(piece.node, true, false) }, part);
    const last = body.at(-1);
    if (piece.marked && last?.tagName === "MARK") last.append(part);
    else body.push(piece.marked ? make("mark", {}, part) : part);
  }
  return make("p", { class: [here ? "here" : "", to - from < 24 ? "heading" : ""].join(" ").trim() }, ...body);
}

function paintReader() {
  find("reader-title").textContent = word("text");
  const chooser = find("report"), text = find("text");
  chooser.hidden = data.reports.length < 2;
  chooser.setAttribute("aria-label", word("report"));
  chooser.replaceChildren(...data.reports.map((report, i) => make("option", { value: String(i), selected: i === reading }, report.title)));
  text.lang = "zh-Hans";
  text.setAttribute("aria-label", word("text"));
  if (!data.reports.length || textOf(reading) === null) {
    text.replaceChildren(make("p", {}, word("no_text")));
    return;
  }
  const rows = [];
  let start = 0;
  textOf(reading).concat("\n").forEach((sign, i) => {
    if (sign !== "\n") return;
    if (slice(reading, start, i).trim()) rows.push([start, i]);
    start = i + 1;
  });
  const top = text.scrollTop;
  text.replaceChildren(...rows.map(([from, to]) => paragraphOf(from, to)));
  text.scrollTop = top;
}

/** Open the report at a passage and mark it. */
function readAt(proof) {
  passage = proof;
  reading = proof.report;
  paintReader();
  const text = find("text"), spot = text.querySelector("mark");
  if (spot) text.scrollTop += spot.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
}

/** Show the passage behind what is selected: an edge's quote, a node's first mention. */
function followSelection() {
  const node = nodes.get(state.at), edge = edges.get(state.at);
  const [mention] = node?.mentions ?? [], proof = edge ? edge.evidence[0] : node && around(node.id).flatMap((e) => e.evidence)[0];
  if (mention) readAt({ report: mention[0], start: mention[1], end: mention[2] });
  else if (proof) readAt(proof);
  else { passage = null; paintReader(); }
}

function startReader() {
  find("report").addEventListener("change", (event) => { reading = Number(event.target.value); passage = null; paintReader(); find("text").scrollTop = 0; });
}
