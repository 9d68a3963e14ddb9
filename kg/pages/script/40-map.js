// The drawing. vis-network gets places that were computed beforehand and draws; it moves nothing by itself.
const HUBS = 14, READABLE = 11, SMALLEST = 6; // names that stay readable when zoomed out, their height, and the height below which no name is drawn
const COUNTED = 12; // ties between communities that have their number beside them
let network = null, nodeSet = null, edgeSet = null, hovered = null, hubs = [], grown = new Set();
let placed = { key: null, places: new Map() }, zoom = 1; // where things stand, and the scale for which names are sized

/** Edges between the same two nodes bow apart, the first stays straight. */
function bowsOf(list) {
  const seen = new Map(), bows = new Map();
  for (const edge of list) {
    const pair = edge.tail < edge.head ? `${edge.tail} ${edge.head}` : `${edge.head} ${edge.tail}`;
    const nth = seen.get(pair) || 0;
    seen.set(pair, nth + 1);
    const side = (nth % 2 ? 1 : -1) * (edge.tail < edge.head ? 1 : -1);
    if (nth) bows.set(edge.id, side * (0.12 * Math.ceil(nth / 2) + 0.06));
  }
  return bows;
}

/** Give every node and bubble of the scene its place: those of the drawing of everything, or new ones for what is unfolded. */
function settle() {
  scene = makeScene();
  scene.bows = bowsOf(scene.edges);
  scene.spotlight = spotlight();
  const given = scene.kind === "whole" || (state.whole && scene.kind === "focus");
  scene.things = new Map([...scene.nodes.map((id) => [id, nodes.get(id)]), ...scene.bubbles.map((bubble) => [bubbleId(bubble.number), bubble])]);
  if (given) { placed = { key: null, places: null }; return; }
  const ids = [...scene.things.keys()], key = `${state.lang} ${state.size} ${ids.join(" ")}`;
  if (placed.key === key) return;
  const gates = scene.kind === "community" ? scene.bubbles.map((bubble) => bubbleId(bubble.number)) : [];
  const links = [...scene.edges.map((edge) => [edge.from, edge.to]), ...(gates.length ? [] : scene.ties.map((tie) => [tie.from, tie.to]))];
  const room = (id) => roomFor(scene.things.get(id));
  const found = layOut(ids.filter((id) => !gates.includes(id)), links, room);
  putRound(found, gates, scene.ties);
  for (const [id, [x, y]] of found) found.set(id, [x, Math.round(y - roomFor(scene.things.get(id))[1] / 2 + radiusOf(scene.things.get(id)))]);
  placed = { key, places: found };
}

function placeOf(thing) {
  if (placed.places) return placed.places.get(thing.id ?? bubbleId(thing.number));
  return state.concepts ? thing.wide : thing.close || thing.wide;
}

/** The size of a node by the chosen measure, of a bubble by its members. */
function radiusOf(thing) {
  if (thing.number !== undefined) return (scene.kind === "community" ? 8 : 12) + (scene.kind === "community" ? 14 : 34) * Math.sqrt(thing.count / Math.max(...scene.bubbles.map((bubble) => bubble.count)));
  if (state.size === "degree") return thing.size;
  return 6 + 17 * Math.sqrt(thing[state.size] / greatest(state.size));
}

const greatest = (() => {
  const known = {};
  return (measure) => known[measure] ??= Math.max(...nodeList.map((node) => node[measure])) || 1;
})();

/** The lines under a node or a bubble. */
function linesOf(thing) {
  const lang = thing[`name_${state.lang}`] ? state.lang : state.lang === "zh" ? "en" : "zh"; // no label: it is the name in one line
  if (thing.number === undefined) return thing[`label_${lang}`] || thing[`name_${lang}`];
  return `${linesOf(nodeList[communities[thing.number].central[0]])}\n${word("members", { n: thing.count })}`;
}

function widthOf(line) {
  return Array.from(line).reduce((sum, sign) => sum + (sign > "\u2e80" ? 1 : 0.55), 0);
}

/** Width and height of a thing with its label below it. */
function roomFor(thing, font = thing.font ?? 14) {
  const lines = linesOf(thing).split("\n"), radius = radiusOf(thing);
  return [Math.max(2 * radius, Math.max(...lines.map(widthOf)) * font), 2 * radius + lines.length * font * 1.25];
}

/** The room of a thing: left, top, right, bottom in pixels of the drawing. */
function roomOf(thing, font = thing.font ?? 14) {
  const [x, y] = placeOf(thing), [wide, high] = roomFor(thing, font), radius = radiusOf(thing);
  return [x - wide / 2, y - radius, x + wide / 2, y - radius + high];
}

/** Return the nodes and edges to bring forward: the selection with what it touches; null when nothing is selected. */
function spotlight() {
  if (state.to) {
    const steps = pathBetween(state.at, state.to) || [];
    return { nodes: new Set([state.at, state.to, ...steps.flatMap((e) => [e.from, e.to])]), edges: new Set(steps.map((e) => e.id)) };
  }
  if (nodes.has(state.at)) {
    const passed = shown().edges, ties = around(state.at).filter((e) => passed.has(e.id));
    return { nodes: new Set([state.at, ...ties.flatMap((e) => [e.from, e.to])]), edges: new Set(ties.map((e) => e.id)) };
  }
  const edge = edges.get(state.at);
  return edge ? { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]) } : null;
}

function paintOf(node) {
  return state.colour === "community" ? communityInk(node.community) : inkOf(groups.get(node.kind));
}

function nodeLook(node) {
  const light = scene.spotlight, back = light !== null && !light.nodes.has(node.id);
  const place = placeOf(node), chosen = [state.at, state.to, state.centre, ...data.focus].includes(node.id), paint = paintOf(node);
  return {
    id: node.id, x: place[0], y: place[1], shape: groups.get(node.kind).shape, size: radiusOf(node),
    label: linesOf(node), opacity: back ? 0.28 : 1, borderWidth: chosen ? 3 : 1, borderWidthSelected: 3,
    color: { background: paint, border: chosen ? inks.ink : inks.paper, hover: { background: paint, border: inks.ink }, highlight: { background: paint, border: inks.ink } },
    font: { size: fontOf(node), face: inks.sans, color: back ? inks.faint + "88" : node.concept ? inks.soft : inks.ink, strokeWidth: 3, strokeColor: inks.paper, vadjust: -1 },
  };
}

function bubbleLook(bubble) {
  const [x, y] = placeOf(bubble), paint = communityInk(bubble.number), gate = scene.kind === "community";
  return {
    id: bubbleId(bubble.number), x, y, shape: "dot", size: radiusOf(bubble), label: linesOf(bubble), opacity: gate ? 0.55 : 1, borderWidth: 2, borderWidthSelected: 3,
    color: { background: paint, border: inks.paper, hover: { background: paint, border: inks.ink }, highlight: { background: paint, border: inks.ink } },
    shapeProperties: { borderDashes: gate ? [4, 3] : false },
    font: { size: grown.has(bubbleId(bubble.number)) ? Math.min(READABLE / zoom, 60) : 14, face: inks.sans, color: gate ? inks.soft : inks.ink, strokeWidth: 3, strokeColor: inks.paper, vadjust: -1 },
  };
}

/** The height of a name: the busiest nodes keep theirs readable however far the drawing is zoomed out. */
function fontOf(node) {
  return grown.has(node.id) ? Math.max(node.font, Math.min(READABLE / zoom, 90)) : node.font;
}

function findHubs() {
  if (scene.bubbles.length && scene.kind === "communities") hubs = scene.bubbles.map((bubble) => bubbleId(bubble.number));
  else {
    const ties = new Map();
    for (const edge of scene.edges) for (const end of [edge.from, edge.to]) ties.set(end, (ties.get(end) || 0) + 1);
    const busy = [...ties].filter(([, count]) => count > 3).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    hubs = busy.slice(0, HUBS).map(([id]) => id);
  }
  grow();
}

/** Choose the busiest nodes whose names, grown to a readable height, do not cover one another. */
function grow() {
  const taken = [];
  grown = new Set();
  if (13 * zoom >= SMALLEST) return;
  for (const id of hubs) {
    const box = roomOf(scene.things.get(id), READABLE / zoom);
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
    taken.push(box);
    grown.add(id);
  }
}

/** Set the names of the busiest nodes anew after a change of zoom. */
function resize() {
  const before = grown.size;
  zoom = network.getScale();
  grow();
  if (before || grown.size) nodeSet.update(hubs.map((id) => lookOf(scene.things.get(id))));
}

function lookOf(thing) {
  return thing.number === undefined ? nodeLook(thing) : bubbleLook(thing);
}

/** Length of an edge in pixels; a short one has no room for its name. */
function span(edge) {
  const [a, b] = [placeOf(nodes.get(edge.from)), placeOf(nodes.get(edge.to))];
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

function edgeLook(edge) {
  const light = scene.spotlight, forward = light !== null && light.edges.has(edge.id), bow = scene.bows.get(edge.id);
  const named = edge.id === hovered || edge.id === state.at || (forward && light.edges.size <= 10 && span(edge) > 85);
  return {
    id: edge.id, from: edge.from, to: edge.to, dashes: edge.inferred ? [1, 4] : edge.done ? false : [5, 4],
    smooth: bow ? { enabled: true, type: bow > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bow) } : false,
    arrows: edge.directed ? { to: { enabled: true, scaleFactor: 0.42 } } : "", width: edge.id === state.at ? 2.6 : forward ? 1.6 : 1,
    color: { color: edge.id === state.at ? inks.accent : forward ? inks.soft : inks.line, opacity: light !== null && !forward ? 0.25 : 0.9, inherit: false, hover: inks.accent, highlight: inks.accent },
    label: named ? said(edge, "name") : " ",
    font: { size: 12, face: inks.sans, color: inks.accent, strokeWidth: 4, strokeColor: inks.paper, align: "horizontal" },
  };
}

/** A tie that stands for many relations: the more, the broader. */
function tieLook(tie, nth) {
  const chosen = state.between && state.between[0] === tie.a && state.between[1] === tie.b;
  const named = chosen || tie.id === hovered || (scene.kind === "communities" && nth < COUNTED);
  return {
    id: tie.id, from: tie.from, to: tie.to, dashes: false, smooth: false, arrows: "", width: Math.min(0.8 + 0.8 * Math.log2(tie.count), 8),
    color: { color: chosen ? inks.accent : inks.line, opacity: 0.75, inherit: false, hover: inks.accent, highlight: inks.accent },
    label: named ? String(tie.count) : " ", font: { size: 12, face: inks.sans, color: inks.soft, strokeWidth: 4, strokeColor: inks.paper, align: "horizontal" },
  };
}

/** Bring the drawing in line with the state; `refit` shows all of it. */
function draw(refit) {
  const view = refit ? wholeView() : null;
  zoom = view ? view.scale : network?.getScale() ?? 1;
  findHubs();
  fill([...scene.things.values()].map(lookOf), [...scene.ties.map(tieLook), ...scene.edges.map(edgeLook)]);
  network.setSelection({ nodes: scene.things.has(state.at) ? [state.at] : [], edges: edgeSet.get(state.at ?? "") ? [state.at] : [] }, { highlightEdges: false });
  find("nothing").hidden = scene.things.size > 0;
  if (view) network.moveTo({ ...view, animation: false });
}

/** Make the drawing hold these things and lines and nothing else; where all is new, vis-network takes them at once. */
function fill(things, lines) {
  if (network && things.some((thing) => nodeSet.get(thing.id))) {
    replace(nodeSet, things);
    replace(edgeSet, lines);
    return;
  }
  nodeSet = new vis.DataSet(things);
  edgeSet = new vis.DataSet(lines);
  if (network) network.setData({ nodes: nodeSet, edges: edgeSet });
  else startNetwork();
}

/** Make `set` hold `items` and nothing else. */
function replace(set, items) {
  const wanted = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
  set.update(items);
}

/** Return left, top, right, bottom of all that is drawn, names included. */
function bounds() {
  const rooms = [...scene.things.values()].map((thing) => roomOf(thing));
  const edge = (i, pick) => rooms.reduce((best, room) => pick(best, room[i]), rooms[0][i]);
  return [edge(0, Math.min), edge(1, Math.min), edge(2, Math.max), edge(3, Math.max)];
}

/** Return the position and the scale that show everything, names included, clear of the notes at the top and the bottom. */
function wholeView() {
  if (!scene.things.size) return null;
  const [left, top, right, bottom] = bounds(), frame = find("network").getBoundingClientRect();
  const note = 30, head = find("scene").hidden ? 0 : find("scene").offsetHeight + 6;
  const scale = Math.min((frame.width - 40) / (right - left), (frame.height - 30 - note - head) / (bottom - top), 1.15);
  if (!(scale > 0)) return null; // the drawing is not on the screen
  return { position: { x: (left + right) / 2, y: (top + bottom) / 2 + (note - head) / 2 / scale }, scale };
}

function fit() {
  const view = wholeView();
  if (view) network.moveTo({ ...view, animation: glide() });
}

function glide() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 350, easingFunction: "easeInOutQuad" };
}

/** Bring the selection into the middle, near enough to read. */
function lookAt(id) {
  const ends = (edges.has(id) ? [edges.get(id).from, edges.get(id).to] : state.to ? [...spotlight().nodes] : [id]).filter((end) => scene.things.has(end));
  if (!ends.length) return;
  const at = network.getPositions(ends);
  const [xs, ys] = [ends.map((e) => at[e].x), ends.map((e) => at[e].y)];
  const scale = Math.max(network.getScale(), 0.85), [left, top, right, bottom] = bounds();
  const room = find("network").getBoundingClientRect();
  const middle = {
    x: within((Math.min(...xs) + Math.max(...xs)) / 2, left, right, room.width / scale / 2 - 20),
    y: within((Math.min(...ys) + Math.max(...ys)) / 2, top, bottom, room.height / scale / 2 - 30),
  };
  network.moveTo({ position: middle, scale, animation: glide() });
}

/** Keep the middle of the window where the window, `half` to each side, does not leave the drawing. */
function within(middle, low, high, half) {
  return low + half > high - half ? (low + high) / 2 : Math.min(Math.max(middle, low + half), high - half);
}
