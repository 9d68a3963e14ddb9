// The card of what is selected: a node with its facts, or an edge with its sentence.
const ROWS = 6; // facts shown before the rest folds away
let tracing = null; // the node whose path to another is asked for

function nameButton(id) {
  return make("button", { type: "button", class: "name", click: () => choose(id, true) }, said(nodes.get(id), "name"));
}

/** The place of a passage, as a button that opens the report there. */
function placeButton(proof) {
  const title = data.reports.length > 1 ? ` · ${data.reports[proof.report].title}` : "";
  return make("button", { type: "button", class: "place", click: () => readAt(proof) }, word("characters", { a: proof.start, b: proof.end }) + title);
}

/** The sentence with the quote marked, and where it stands. */
function quotation(proof, around) {
  const [before, quote, after] = parts(proof, around);
  return make("blockquote", { class: "proof" }, before, make("mark", {}, quote), after, " ", placeButton(proof));
}

function tags(edge) {
  const list = [];
  if (!edge.done) list.push(make("span", { class: "tag open" }, said(edge, "status")));
  if (said(edge, "period")) list.push(make("span", { class: "tag" }, said(edge, "period")));
  if (said(edge, "role")) list.push(make("span", { class: "tag" }, said(edge, "role")));
  for (const { value } of edge.qualifiers || []) if (value.length <= 14) list.push(make("span", { class: "tag" }, value));
  if (edge.evidence.length > 1) list.push(make("span", { class: "tag" }, word("sources", { n: edge.evidence.length })));
  return list;
}

/** One fact of node `id`: the relation, the other end, the sentence. */
function factOf(id, edge) {
  const self = make("span", { class: "self" }, said(nodes.get(id), "name"));
  const relation = make("button", { type: "button", class: "name relation", click: () => choose(edge.id, true) }, relationOf(edge));
  const other = edge.from === id ? edge.to : edge.from;
  const saying = edge.from === id
    ? make("p", { class: "saying" }, relation, " ", nameButton(other), ...tags(edge))
    : make("p", { class: "saying" }, nameButton(other), " ", relation, " ", self, ...tags(edge));
  return make("div", { class: "fact" }, saying, quotation(edge.evidence[0], 22));
}

/** Rows, of which those after the first few are folded away with their number. */
function folded(rows) {
  if (rows.length <= ROWS + 2) return rows;
  return [...rows.slice(0, ROWS), make("details", {}, make("summary", {}, word("more", { n: rows.length - ROWS })), ...rows.slice(ROWS))];
}

function nodeCard(node) {
  const group = groups.get(node.kind);
  const also = node.names.slice(1).map((name) => name.text).filter((text) => text !== said(node, "name"));
  const place = (edge) => edge.evidence[0].report * 1e9 + edge.evidence[0].start;
  const list = [...around.get(node.id)].sort((a, b) => place(a) - place(b) || a.rank - b.rank);
  return [
    cardHead(make("h2", {}, said(node, "name"))),
    make("p", { class: "kind" }, sign(group), make("span", {}, said(node, "type")), make("button", { type: "button", id: "trace", click: () => startTrace(node.id) }, word("trace"))),
    also.length ? make("p", { class: "also" }, `${word("also")} ${also.join(state.lang === "zh" ? "、" : ", ")}`) : null,
    node.mentions.length ? make("p", { class: "also" }, `${word("mentions")} `, ...places(node.mentions)) : null,
    tracing === node.id ? make("p", { class: "also asking", role: "status" }, word("trace_to")) : null,
    list.length ? make("h3", {}, `${word("facts")} ${list.length}`) : null, ...folded(list.map((edge) => factOf(node.id, edge))),
    node.figures.length ? make("h3", {}, `${word("figures")} ${node.figures.length}`) : null, ...folded(node.figures.map(figure)),
    node.events.length ? make("h3", {}, `${word("events")} ${node.events.length}`) : null, ...folded(node.events.map(figure)),
  ];
}

/** Places of mentions as buttons, those after the first few folded away. */
function places(mentions) {
  const buttons = mentions.map((m) => placeButton({ report: m[0], start: m[1], end: m[2] })).flatMap((button) => [button, " "]);
  const few = 2 * ROWS + 4;
  if (buttons.length <= few) return buttons;
  return [...buttons.slice(0, few), make("details", {}, make("summary", {}, word("more", { n: (buttons.length - few) / 2 })), ...buttons.slice(few))];
}

/** Ask for the other end of a path. */
function startTrace(id) {
  tracing = id;
  paintCard();
  find("search").value = "";
  find("search").focus();
}

/** The path between two nodes, step by step, each with its sentence. */
function pathCard(from, to) {
  const steps = pathBetween(from, to), names = { a: said(nodes.get(from), "name"), b: said(nodes.get(to), "name") };
  const head = cardHead(make("p", { class: "chain" }, nameButton(from), make("span", { class: "relation" }, " … "), nameButton(to)));
  if (steps === null) return [head, make("p", { class: "also" }, word("no_path", names))];
  let here = from;
  const rows = steps.map((edge) => {
    const row = make("li", { class: "fact" }, ...factOf(here, edge).childNodes);
    here = edge.from === here ? edge.to : edge.from;
    return row;
  });
  return [head, make("p", { class: "also" }, word("path", { n: steps.length })), make("ol", { class: "steps" }, ...rows)];
}

function figure(item) {
  return make("div", { class: "fact" }, make("p", { class: "saying" }, said(item, "name"), ...tags(item)), quotation(item.evidence[0], 22));
}

function cardHead(title) {
  return make("header", {}, title, make("button", { type: "button", class: "shut", "aria-label": word("close"), click: () => choose(null) }, "×"));
}

function edgeCard(edge) {
  const chain = make("p", { class: "chain" }, nameButton(edge.from), " ", make("span", { class: "relation" }, relationOf(edge)), " ", nameButton(edge.to));
  const rows = [["status", said(edge, "status")], ["period", said(edge, "period")], ["role", said(edge, "role")], ["level", said(edge, "level")],
    ["order", edge.order ? String(edge.order) : ""]].map(([key, value]) => [word(key), value]);
  rows.push(...edge.qualifiers.map((qualifier) => [said(qualifier, "name"), qualifier.value]));
  return [
    cardHead(chain),
    make("dl", {}, ...rows.filter(([, value]) => value).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
    make("h3", {}, `${word("evidence")} ${edge.evidence.length}`), ...edge.evidence.map((proof) => quotation(proof, Infinity)),
  ];
}

/** What the view shows, how the page is used, and the query behind it, ready to be copied. */
function introCard() {
  return [
    make("p", { class: "about" }, said(data.view, "about")), make("p", {}, word("intro")),
    make("details", { id: "query" }, make("summary", {}, word("query")), make("pre", { tabindex: "0", "aria-label": word("query") }, data.view.query)),
  ];
}

function paintCard() {
  const card = find("card"), node = nodes.get(state.at), edge = edges.get(state.at);
  card.className = node || edge ? "" : "intro";
  card.replaceChildren(...(state.to ? pathCard(state.at, state.to) : node ? nodeCard(node) : edge ? edgeCard(edge) : introCard()).filter(Boolean));
  card.scrollTop = 0;
}
