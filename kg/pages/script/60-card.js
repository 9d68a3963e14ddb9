// The card of what is selected: a node with its facts, or an edge with its sentence.
const ROWS = 6, UNFOLDED = 200; // facts shown before the rest folds away, and made at once when it unfolds
let tracing = null; // the node whose path to another is asked for

function nameButton(id) {
  return make("button", { type: "button", class: "name", click: () => choose(id, true) }, said(nodes.get(id), "name"));
}

/** The place of a passage, as a button that opens the report there. */
function placeButton(proof) {
  const title = data.reports.length > 1 ? ` · ${data.reports[proof.report].title}` : "";
  return make("button", { type: "button", class: "place", click: () => readAt(proof) }, word("characters", { a: proof.start, b: proof.end }) + title);
}

/** Where a passage begins in the file that the report was read from: a page, lines or an element. */
function originalOf(proof) {
  const [, key, value] = /^(page|line)=(.+)$/.exec(proof.original) ?? [null, proof.original ? "element" : "", proof.original];
  return key ? word({ page: "original_page", line: "original_line", element: "original_element" }[key], { at: value.replace(",", "–") }) : "";
}

/** Who or what put the fact into the graph: the rule and what it is for, the person and the day of the decision, the place in the original. */
function originOf(proof) {
  const said = [
    proof.by ? word("decided", { by: proof.by, on: proof.on }) : "",
    proof.rule ? word(proof.about ? "by_rule_about" : "by_rule", proof) : "",
    originalOf(proof),
  ].filter(Boolean);
  return said.length ? make("p", { class: "origin" }, said.join(word("stop"))) : null;
}

/** The sentence with the quote marked, and where it stands. */
function quotation(proof, around) {
  const [before, quote, after] = parts(proof, around);
  return make("blockquote", { class: "proof" }, before, make("mark", {}, quote), after, " ", placeButton(proof));
}

function tags(edge) {
  const list = [];
  if (edge.inferred) list.push(make("span", { class: "tag open" }, word("inferred_tag")));
  if (!edge.done) list.push(make("span", { class: "tag open" }, said(edge, "status")));
  if (said(edge, "period")) list.push(make("span", { class: "tag" }, said(edge, "period")));
  if (said(edge, "role")) list.push(make("span", { class: "tag" }, said(edge, "role")));
  for (const qualifier of edge.qualifiers || []) if (said(qualifier, "value").length <= 14) list.push(make("span", { class: "tag" }, said(qualifier, "value")));
  if (edge.evidence.length > 1) list.push(make("span", { class: "tag" }, word("sources", { n: edge.evidence.length })));
  return list;
}

/** The sentences of `evidence`, the first only where `all` is false; a fact without any says so. */
function quotations(evidence, around, all = false) {
  if (!evidence.length) return [make("p", { class: "also" }, word("no_sentence"))];
  return (all ? evidence : evidence.slice(0, 1)).map((proof) => quotation(proof, around));
}

/** One fact of node `id`: the relation, the other end, the sentence. */
function factOf(id, edge) {
  const self = make("span", { class: "self" }, said(nodes.get(id), "name"));
  const relation = make("button", { type: "button", class: "name relation", click: () => choose(edge.id, true) }, relationOf(edge));
  const other = edge.from === id ? edge.to : edge.from;
  const saying = edge.from === id
    ? make("p", { class: "saying" }, relation, " ", nameButton(other), ...tags(edge))
    : make("p", { class: "saying" }, nameButton(other), " ", relation, " ", self, ...tags(edge));
  return make("div", { class: "fact" }, saying, ...quotations(edge.evidence, 22));
}

/** Rows made by `row` of `items`; those after the first few are folded away with their number and made when unfolded. */
function folded(items, row, few = ROWS) {
  if (items.length <= few + 2) return items.map(row);
  const rest = make("details", { toggle: () => { if (rest.open && rest.childElementCount === 1) unfold(few); } }, make("summary", {}, word("more", { n: items.length - few })));
  const unfold = (from) => {
    rest.append(...items.slice(from, from + UNFOLDED).map(row));
    if (from + UNFOLDED >= items.length) return;
    const more = make("button", { type: "button", click: () => { more.remove(); unfold(from + UNFOLDED); } }, word("more", { n: items.length - from - UNFOLDED }));
    rest.append(more);
  };
  return [...items.slice(0, few).map(row), rest];
}

function nodeCard(node) {
  const also = node.names.slice(1).map((name) => name.text).filter((text) => text !== said(node, "name"));
  const place = (edge) => (edge.evidence.length ? edge.evidence[0].report * 1e9 + edge.evidence[0].start : Infinity);
  const all = around(node.id), list = all.filter((edge) => state.inferred || !edge.inferred).sort((a, b) => place(a) - place(b) || a.row - b.row);
  const section = (key, items, row) => (items.length ? [make("h3", {}, `${word(key)} ${items.length}`), ...folded(items, row)] : []);
  return [
    cardHead(make("h2", {}, said(node, "name"))),
    make("p", { class: "kind" }, sign(groups.get(node.kind)), make("span", {}, said(node, "type"))),
    make("p", { class: "doors" },
      make("button", { type: "button", id: "trace", click: () => startTrace(node.id) }, word("trace")),
      make("button", { type: "button", id: "focus", click: () => focusOn(node.id, Math.max(state.hops, 1)) }, word("focus")),
      state.inside === node.community && !state.centre ? null : make("button", { type: "button", id: "community", click: () => enter(node.community) }, word("its_community"))),
    tracing === node.id ? make("p", { class: "also asking", role: "status" }, word("trace_to")) : null,
    also.length ? make("p", { class: "also" }, `${word("also")} ${also.join(state.lang === "zh" ? "、" : ", ")}`) : null,
    make("p", { class: "also" }, word("measured", { degree: node.degree, betweenness: node.betweenness, pagerank: node.pagerank })),
    node.mentions.length ? make("p", { class: "also" }, `${word("mentions")} `, ...folded(node.mentions, placeOfMention, 2 * ROWS)) : null,
    ...section("facts", list, (edge) => factOf(node.id, edge)),
    all.length > list.length ? make("p", { class: "also" }, word("inferred_more", { n: all.length - list.length })) : null,
    ...section("figures", node.figures, figure), ...section("events", node.events, figure),
  ];
}

function placeOfMention([report, start, end]) {
  return make("span", {}, placeButton({ report, start, end }), " ");
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
  return make("div", { class: "fact" }, make("p", { class: "saying" }, said(item, "name"), ...tags(item)), ...quotations(item.evidence, 22));
}

function cardHead(title, close = () => choose(null)) {
  return make("header", {}, title, make("button", { type: "button", class: "shut", "aria-label": word("close"), click: close }, "×"));
}

/** By which rule a relation follows, and what the rule says. */
function inferredWhy(edge) {
  const rule = data.rules.find((known) => known.id === edge.rule);
  return word("inferred_why", { rule: rule ? said(rule, "label") : edge.rule }) + (rule ? said(rule, "about") : "");
}

function edgeCard(edge) {
  const chain = make("p", { class: "chain" }, nameButton(edge.from), " ", make("span", { class: "relation" }, relationOf(edge)), " ", nameButton(edge.to));
  const rows = [["status", said(edge, "status")], ["period", said(edge, "period")], ["role", said(edge, "role")], ["level", said(edge, "level")],
    ["order", edge.order ? String(edge.order) : ""]].map(([key, value]) => [word(key), value]);
  rows.push(...edge.qualifiers.map((qualifier) => [said(qualifier, "name"), said(qualifier, "value")]));
  return [
    cardHead(chain),
    edge.inferred ? make("p", { class: "also asking" }, inferredWhy(edge)) : null,
    make("dl", {}, ...rows.filter(([, value]) => value).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
    make("h3", {}, `${word("evidence")} ${edge.evidence.length}`),
    ...edge.evidence.flatMap((proof) => [quotation(proof, Infinity), originOf(proof)]), edge.evidence.length ? null : quotations([])[0],
  ];
}

/** A community: who is in it, and what it is tied to. */
function communityCard(number) {
  const members = nodeList.filter((node) => node.community === number && shown().nodes.has(node.id)).sort(byRank);
  return [
    cardHead(make("h2", {}, word("community", { n: number + 1 })), leave),
    make("p", { class: "also" }, communityName(number)),
    make("h3", {}, `${word("ranked", { measure: word(state.size) })} ${members.length}`),
    make("ol", { class: "members" }, ...members.slice(0, UNFOLDED / 4).map((node) => make("li", {}, sign(groups.get(node.kind)), nameButton(node.id)))),
    members.length > UNFOLDED / 4 ? make("p", { class: "also" }, word("members_more", { n: members.length - UNFOLDED / 4 })) : null,
  ];
}

/** Show the relations between two communities. */
function compare(pair) {
  Object.assign(state, { between: pair, at: null, to: null });
  refresh();
}

function betweenCard([a, b]) {
  const of = (edge) => [nodeList[edge.tail].community, nodeList[edge.head].community].sort((x, y) => x - y);
  const list = shown().list.filter((edge) => of(edge)[0] === a && of(edge)[1] === b);
  const name = (number) => make("button", { type: "button", class: "name", click: () => enter(number) }, communityName(number));
  return [
    cardHead(make("p", { class: "chain" }, name(a), make("span", { class: "relation" }, " — "), name(b)), () => compare(null)),
    make("h3", {}, `${word("facts")} ${list.length}`), ...folded(list, (edge) => factOf(edge.from, edge)),
  ];
}

/** The communities as a list, for those who do not point at bubbles. */
function communityList() {
  if (scene.kind !== "communities") return null;
  return make("details", { id: "community-list" }, make("summary", {}, word("communities_list", { n: scene.bubbles.length })),
    make("ol", { class: "members" }, ...scene.bubbles.map(({ number, count }) => make("li", {}, form("dot", communityInk(number)),
      make("button", { type: "button", class: "name", click: () => enter(number) }, communityName(number)), make("small", {}, ` ${count}`)))));
}

/** What the view shows, how the page is used, and the query behind it, ready to be copied. */
function introCard() {
  return [
    make("p", { class: "about" }, said(data.view, "about")), said(data.view, "narrowed") ? make("p", { id: "narrowed" }, said(data.view, "narrowed")) : null,
    make("p", {}, word(scene.kind === "communities" ? "intro_communities" : "intro")), communityList(),
    make("details", { id: "query" }, make("summary", {}, word("query")), make("pre", { tabindex: "0", "aria-label": word("query") }, data.view.query)),
  ];
}

function cardContent() {
  const node = nodes.get(state.at), edge = edges.get(state.at);
  if (state.to) return pathCard(state.at, state.to);
  if (node) return nodeCard(node);
  if (edge) return edgeCard(edge);
  if (state.between) return betweenCard(state.between);
  return scene.kind === "community" ? communityCard(state.inside) : null;
}

function paintCard() {
  const card = find("card"), content = cardContent(), held = card.contains(document.activeElement);
  card.className = content ? "" : "intro";
  card.replaceChildren(...(content ?? introCard()).filter(Boolean));
  card.scrollTop = 0;
  if (held) card.focus(); // the button that was pressed is gone; the keyboard goes on from the card
}
