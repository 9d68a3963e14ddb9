// The scene: what of the shown is drawn. A large network is unfolded part by part, and what is left out is counted.
const FEW = 60, FEW_BUBBLES = 30, MOST_DRAWN = 600; // nodes and communities drawn at first, and nodes at most, where a network is unfolded
const STRONGEST = 3; // ties drawn from each community to others, and gates from an unfolded community

const bubbleId = (number) => `community ${number}`; // no IRI holds a blank
const tieId = (a, b) => `tie ${a} ${b}`;
let scene = null;

/** The name of a community: its most central members, up to `most` of them. */
function communityName(number, most = 3) {
  return communities[number].central.slice(0, most).map((row) => said(nodeList[row], "name")).join(state.lang === "zh" ? "、" : ", ");
}

/** Return the scene of the state: ids of nodes, edges, bubbles of communities, ties between drawn things, and what is left out. */
function makeScene() {
  if (state.to) return pathScene();
  if (state.centre) return focusScene(state.centre, state.hops);
  if (state.inside !== null) return communityScene(state.inside);
  return state.whole ? wholeScene() : overview();
}

function wholeScene() {
  return { kind: "whole", nodes: [...shown().nodes], edges: shown().list, bubbles: [], ties: [], left: 0, all: shown().nodes.size };
}

/** The number of things that may be drawn now. */
function most(first = FEW) {
  return Math.min(first + state.most, MOST_DRAWN);
}

/** The nodes of a path; in a view drawn as a whole the rest stays behind it. */
function pathScene() {
  if (state.whole) return wholeScene();
  const steps = pathBetween(state.at, state.to) || [];
  const ids = [...new Set([state.at, ...steps.flatMap((edge) => [edge.from, edge.to]), state.to])];
  return { kind: "path", nodes: ids, edges: among(ids), bubbles: [], ties: [], left: 0, all: ids.length };
}

/** Return the shown edges between the nodes `ids`. */
function among(ids) {
  const held = new Set(ids), passed = shown().edges;
  return ids.flatMap((id) => around(id).filter((edge) => edge.from === id && held.has(edge.to) && passed.has(edge.id)));
}

/** The higher ranked by the measure of the picture goes first; among equals the order of the names. */
function byRank(a, b) {
  return b[state.size] - a[state.size] || a.row - b.row;
}

/** A node with what lies within some hops of it, the nearest and highest ranked first. */
function focusScene(centre, hops) {
  const passed = shown().edges, far = new Map([[centre, 0]]), queue = [centre];
  for (let i = 0; i < queue.length; i++) {
    const distance = far.get(queue[i]);
    if (distance === hops) break;
    for (const edge of around(queue[i])) {
      const other = edge.from === queue[i] ? edge.to : edge.from;
      if (passed.has(edge.id) && !far.has(other)) { far.set(other, distance + 1); queue.push(other); }
    }
  }
  const ranked = queue.map((id) => nodes.get(id)).sort((a, b) => far.get(a.id) - far.get(b.id) || byRank(a, b)).map((node) => node.id);
  const ids = state.whole ? ranked : ranked.slice(0, most());
  return { kind: "focus", nodes: ids, edges: among(ids), bubbles: [], ties: [], left: ranked.length - ids.length, all: ranked.length };
}

/** How many shown nodes each community has. */
function memberCounts() {
  const counts = new Map();
  for (const id of shown().nodes) counts.set(nodes.get(id).community, (counts.get(nodes.get(id).community) || 0) + 1);
  return counts;
}

/** All communities as bubbles, the largest first, with the strongest ties between them. */
function overview() {
  const counts = memberCounts(), ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([number, count]) => ({ number, count }));
  const bubbles = ranked.slice(0, most(FEW_BUBBLES)), drawn = new Set(bubbles.map((bubble) => bubble.number)), ties = new Map();
  for (const edge of shown().list) {
    const [one, other] = [nodeList[edge.tail].community, nodeList[edge.head].community], [a, b] = one < other ? [one, other] : [other, one];
    if (a === b || !drawn.has(a) || !drawn.has(b)) continue;
    const tie = ties.get(a * communities.length + b);
    if (tie) tie.count++;
    else ties.set(a * communities.length + b, { id: tieId(a, b), a, b, from: bubbleId(a), to: bubbleId(b), count: 1 });
  }
  const strong = strongest([...ties.values()]);
  return {
    kind: "communities", nodes: [], edges: [], bubbles, ties: strong, left: ranked.length - bubbles.length, all: ranked.length,
    weak: ties.size - strong.length, below: ranked.slice(bubbles.length).reduce((sum, { count }) => sum + count, 0),
  };
}

/** Keep of `ties` those that are among the strongest of one of their ends. */
function strongest(ties) {
  const sorted = ties.sort((x, y) => y.count - x.count || (x.id < y.id ? -1 : 1)), used = new Map();
  return sorted.filter((tie) => {
    const free = [tie.from, tie.to].some((end) => (used.get(end) || 0) < STRONGEST);
    for (const end of [tie.from, tie.to]) used.set(end, (used.get(end) || 0) + 1);
    return free;
  });
}

/** The members of one community by rank; what they are tied to outside stands at the edge as bubbles. */
function communityScene(number) {
  const members = nodeList.filter((node) => node.community === number && shown().nodes.has(node.id)).sort(byRank);
  const ids = members.slice(0, most()).map((node) => node.id), passed = shown().edges, ties = new Map(), weights = new Map();
  for (const id of ids) {
    for (const edge of around(id)) {
      const other = nodes.get(edge.from === id ? edge.to : edge.from).community;
      if (other === number || !passed.has(edge.id)) continue;
      weights.set(other, (weights.get(other) || 0) + 1);
      const key = `tie ${id} ${other}`;
      if (ties.has(key)) ties.get(key).count++;
      else ties.set(key, { id: key, a: Math.min(number, other), b: Math.max(number, other), from: id, to: bubbleId(other), count: 1 });
    }
  }
  const gates = [...weights].sort((x, y) => y[1] - x[1] || x[0] - y[0]), counts = memberCounts();
  const kept = new Set(gates.slice(0, 2 * STRONGEST).map(([other]) => bubbleId(other)));
  return {
    kind: "community", nodes: ids, edges: among(ids), left: members.length - ids.length, all: members.length,
    bubbles: gates.slice(0, 2 * STRONGEST).map(([other]) => ({ number: other, count: counts.get(other) })),
    ties: [...ties.values()].filter((tie) => kept.has(tie.to)), gates: Math.max(0, gates.length - 2 * STRONGEST),
  };
}

/** Unfold a community. */
function enter(number) {
  Object.assign(state, { inside: number, between: null, centre: null, hops: 0, most: 0, at: null, to: null });
  refresh(true);
  followSelection();
}

/** Draw `id` with what lies within `hops` of it. */
function focusOn(id, hops) {
  Object.assign(state, hops ? { centre: id, hops, most: 0 } : { centre: null, hops: 0, most: 0 });
  refresh(true);
}

/** Go back to what the page opened on. */
function leave() {
  Object.assign(state, { inside: null, between: null, centre: null, hops: 0, most: 0, to: null, at: state.to ? null : state.at });
  refresh(true);
}

/** Does the scene hold node or edge `id`? */
function inScene(id) {
  const made = makeScene();
  return nodes.has(id) ? made.nodes.includes(id) : made.edges.some((edge) => edge.id === id);
}
