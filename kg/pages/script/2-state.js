// What the reader has chosen: language, selection, filters. The address keeps it, so that a view can be sent by mail.
const groups = new Map(data.groups.map((group) => [group.id, group]));
const nodes = new Map(data.nodes.map((node) => [node.id, node]));
const edges = new Map(data.edges.map((edge) => [edge.id, edge]));
const around = new Map(data.nodes.map((node) => [node.id, []]));
for (const edge of data.edges) {
  around.get(edge.from).push(edge);
  if (edge.from !== edge.to) around.get(edge.to).push(edge);
}

const fresh = () => ({ lang: data.lang, at: null, to: null, view: "map", near: false, concepts: data.concepts_open, types: new Set(), relations: new Set(), statuses: new Set(), reports: new Set() });
const sources = data.reports.map((report, i) => ({ id: String(i), name_zh: report.title, name_en: report.title, count: data.edges.filter((e) => e.evidence.some((proof) => proof.report === i)).length }));
const state = fresh(); // types, relations, statuses and reports hold what is switched off

/** Take the state from the address; what the page does not know is left out. */
function readAddress() {
  const kept = new URLSearchParams(location.hash.slice(1));
  const known = { types: groups, relations: new Map(data.relations.map((r) => [r.id, r])), statuses: new Map(data.statuses.map((s) => [s.id, s])), reports: new Map(sources.map((s) => [s.id, s])) };
  Object.assign(state, fresh());
  if (["zh", "en"].includes(kept.get("lang"))) state.lang = kept.get("lang");
  if (kept.get("view") === "table") state.view = "table";
  if (kept.has("concepts")) state.concepts = kept.get("concepts") === "1";
  state.near = kept.get("near") === "1";
  for (const [name, ids] of Object.entries(known)) {
    for (const id of (kept.get(`without-${name}`) || "").split(" ")) if (ids.has(id)) state[name].add(id);
  }
  const at = kept.get("at");
  if (nodes.has(at) || edges.has(at)) state.at = at;
  if (nodes.has(at) && nodes.has(kept.get("to"))) state.to = kept.get("to");
}

function writeAddress() {
  if (location.protocol === "about:") return; // a page in a frame of a notebook has no address of its own
  const kept = new URLSearchParams({ lang: state.lang });
  if (state.at) kept.set("at", state.at);
  if (state.to) kept.set("to", state.to);
  if (state.view === "table") kept.set("view", "table");
  if (state.near) kept.set("near", "1");
  if (state.concepts !== data.concepts_open) kept.set("concepts", state.concepts ? "1" : "0");
  for (const name of ["types", "relations", "statuses", "reports"]) if (state[name].size) kept.set(`without-${name}`, [...state[name]].sort().join(" "));
  history.replaceState(null, "", `#${kept}`);
}

/** Return the sets of ids now shown: an edge whose filters are on, a node that has such an edge. */
function shown() {
  const on = (node) => !state.types.has(node.kind) && (state.concepts || !node.concept);
  const told = (e) => !state.reports.size || e.evidence.some((proof) => !state.reports.has(String(proof.report)));
  let list = data.edges.filter((e) => !state.relations.has(e.relation) && !state.statuses.has(e.status) && told(e) && on(nodes.get(e.from)) && on(nodes.get(e.to)));
  if (state.near && nodes.has(state.at)) list = list.filter((e) => e.from === state.at || e.to === state.at);
  const seen = new Set(list.flatMap((e) => [e.from, e.to]));
  return { nodes: seen, edges: new Set(list.map((e) => e.id)) };
}

/** What is said outright goes before what is planned, and that before having met at an event. */
function firmness(edge) {
  return 2 * edge.directed + edge.done;
}

/** Return the fewest shown edges that lead from node `from` to node `to`, whichever way they point; null for none. */
function pathBetween(from, to) {
  const seen = shown().edges, came = new Map([[from, null]]), queue = [from];
  while (queue.length && !came.has(to)) {
    const node = queue.shift();
    for (const edge of [...around.get(node)].sort((a, b) => firmness(b) - firmness(a))) {
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
  if (edge || shown().nodes.has(id)) return;
  for (const other of around.get(id)) { // no edge of the node is shown: show the ones it has
    allow(other);
    open(nodes.get(other.from));
    open(nodes.get(other.to));
  }
}

function allow(edge) {
  state.relations.delete(edge.relation);
  state.statuses.delete(edge.status);
  for (const proof of edge.evidence) state.reports.delete(String(proof.report));
}

function open(node) {
  state.types.delete(node.kind);
  if (node.concept) state.concepts = true;
}
