// What the reader has chosen: language, selection, filters, measures. The address keeps it, so that a view can be sent by mail.
const SWITCHES = ["types", "relations", "statuses", "reports"]; // these hold what is switched off
const MEASURES = ["degree", "betweenness", "pagerank"], COLOURS = ["type", "community"], MOST_HOPS = 3;
const fresh = () => ({
  lang: data.lang, at: null, to: null, view: "map", concepts: data.concepts_open, inferred: data.inferred_open,
  since: "", until: "", day: "", undated: true, size: "degree", colour: "type",
  inside: null, between: null, centre: null, hops: 0, most: 0, whole: data.opens_whole,
  types: new Set(), relations: new Set(), statuses: new Set(), reports: new Set(),
});
const counted = new Map();
for (const edge of edgeList) for (const report of edge.reports) counted.set(report, (counted.get(report) || 0) + 1);
const sources = data.reports.map((report, i) => ({ id: String(i), name_zh: report.title, name_en: report.title, count: counted.get(i) || 0 }));
const state = fresh();

/** Is `text` a year, a month or a day, such as 2020, 2020-05, 2020-05-31? */
function isDate(text) {
  return /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(text);
}

/** Take the state from the address; what the page does not know is left out. */
function readAddress() {
  const kept = new URLSearchParams(location.hash.slice(1));
  const known = { types: groups, relations: relationNames, statuses: new Map(data.statuses.map((s) => [s.id, s])), reports: new Map(sources.map((s) => [s.id, s])) };
  const one = (name, values) => { if (values.includes(kept.get(name))) state[name] = kept.get(name); };
  const flag = (name) => { if (kept.has(name)) state[name] = kept.get(name) === "1"; };
  Object.assign(state, fresh());
  one("lang", ["zh", "en"]);
  one("view", ["map", "table"]);
  one("size", MEASURES);
  one("colour", COLOURS);
  for (const name of ["concepts", "inferred", "undated"]) flag(name);
  if (data.placed) flag("whole");
  for (const name of ["since", "until", "day"]) if (isDate(kept.get(name) || "")) state[name] = kept.get(name);
  for (const name of SWITCHES) for (const id of (kept.get(`without-${name}`) || "").split(" ")) if (known[name].has(id)) state[name].add(id);
  const at = kept.get("at");
  if (nodes.has(at) || edges.has(at)) state.at = at;
  if (nodes.has(at) && nodes.has(kept.get("to"))) state.to = kept.get("to");
  readScene(kept);
}

function readScene(kept) {
  const number = (name, most) => (/^\d{1,6}$/.test(kept.get(name) || "") ? Math.min(Number(kept.get(name)), most) : 0);
  const community = (text) => (/^\d{1,6}$/.test(text || "") && Number(text) < communities.length ? Number(text) : null);
  state.inside = community(kept.get("in"));
  const pair = (kept.get("between") || "").split("-").map(community);
  if (pair.length === 2 && !pair.includes(null) && pair[0] < pair[1]) state.between = pair;
  if (nodes.has(kept.get("centre"))) {
    state.centre = kept.get("centre");
    state.hops = Math.max(1, number("hops", MOST_HOPS));
  }
  state.most = number("most", MOST_DRAWN);
}

function writeAddress() {
  if (location.protocol === "about:") return; // a page in a frame of a notebook has no address of its own
  const kept = new URLSearchParams({ lang: state.lang }), usual = fresh();
  for (const name of ["at", "to", "view", "size", "colour", "since", "until", "day"]) if (state[name] !== usual[name]) kept.set(name, state[name]);
  for (const name of ["concepts", "inferred", "undated", "whole"]) if (state[name] !== usual[name]) kept.set(name, state[name] ? "1" : "0");
  if (state.inside !== null) kept.set("in", state.inside);
  if (state.between) kept.set("between", state.between.join("-"));
  if (state.centre) { kept.set("centre", state.centre); kept.set("hops", state.hops); }
  if (state.most) kept.set("most", state.most);
  for (const name of SWITCHES) if (state[name].size) kept.set(`without-${name}`, [...state[name]].sort().join(" "));
  history.replaceState(null, "", `#${kept}`);
}

/**
 * Does a relation hold in the time asked for? One without dates does where undated ones are kept. From and until keep what overlaps
 * them; as of a day keeps what had begun by then and is not said to be over: reports hardly ever say when a tie ended.
 */
function inTime(edge) {
  const { since, until, day } = state;
  if (!since && !until && !day) return true;
  if (!edge.since && !edge.until) return state.undated;
  const begun = (by) => !by || edge.since <= by + "~", lasts = (from) => !from || !edge.until || edge.until.slice(0, from.length) >= from;
  return begun(until) && lasts(since) && begun(day) && (!edge.past || lasts(day));
}

let kept = null; // what passes the filters, until they change

/** Return what passes the filters, wherever it is drawn: the edges, and the ids of the nodes that have one. */
function shown() {
  if (kept) return kept;
  const on = (node) => !state.types.has(node.kind) && (state.concepts || !node.concept);
  const told = (edge) => !state.reports.size || edge.reports.some((report) => !state.reports.has(String(report)));
  const list = edgeList.filter((edge) => (state.inferred || !edge.inferred) && !state.relations.has(edge.relation) && !state.statuses.has(edge.status)
    && told(edge) && inTime(edge) && on(nodeList[edge.tail]) && on(nodeList[edge.head]));
  const rows = new Uint8Array(nodeList.length), seen = new Set();
  for (const edge of list) for (const row of [edge.tail, edge.head]) if (!rows[row]) { rows[row] = 1; seen.add(nodeList[row].id); }
  kept = { nodes: seen, list, edges: new Set(list.map((edge) => edge.id)) };
  return kept;
}

/** What is said outright goes before what is planned, and that before having met at an event. */
function firmness(edge) {
  return 2 * edge.directed + edge.done;
}

/** Return the fewest shown edges that lead from node `from` to node `to`, whichever way they point; null for none. */
function pathBetween(from, to) {
  const seen = shown().edges, came = new Map([[from, null]]), queue = [from];
  for (let i = 0; i < queue.length && !came.has(to); i++) {
    const node = queue[i];
    for (const edge of [...around(node)].sort((a, b) => firmness(b) - firmness(a))) {
      const other = edge.from === node ? edge.to : edge.from;
      if (!seen.has(edge.id) || came.has(other)) continue;
      came.set(other, { edge, node });
      queue.push(other);
    }
  }
  if (!came.has(to)) return null;
  const steps = [];
  for (let step = came.get(to); step; step = came.get(step.node)) steps.unshift(step.edge);
  return steps;
}

/** Switch on whatever hides node or edge `id`. */
function reveal(id) {
  const edge = edges.get(id);
  if (edge) allow(edge);
  const ends = edge ? [edge.from, edge.to] : [id];
  for (const end of ends) open(nodes.get(end));
  kept = null;
  if (edge || shown().nodes.has(id)) return;
  for (const other of around(id)) { // no edge of the node is shown: show the ones it has
    allow(other);
    open(nodes.get(other.from));
    open(nodes.get(other.to));
  }
  kept = null;
}

function allow(edge) {
  state.relations.delete(edge.relation);
  state.statuses.delete(edge.status);
  for (const report of edge.reports) state.reports.delete(String(report));
  if (edge.inferred) state.inferred = true;
  if (!inTime(edge)) Object.assign(state, { since: "", until: "", day: "" });
}

function open(node) {
  state.types.delete(node.kind);
  if (node.concept) state.concepts = true;
}
