// The drawing. vis-network gets places that were computed beforehand and draws; it moves nothing by itself.
const HUBS = 14, READABLE = 11, SMALLEST = 7; // names that stay readable when zoomed out, their height, and the height below which no name is drawn
let network = null, nodeSet = null, edgeSet = null, hovered = null, hubs = [], grown = new Set();
const inks = {};

function readInks() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["paper", "ink", "soft", "faint", "line", "accent"]) inks[name] = style.getPropertyValue(`--${name}`).trim();
  inks.sans = style.getPropertyValue("--sans").trim();
}

/** Edges between the same two nodes bow apart, the first stays straight. */
function bows() {
  const seen = new Map();
  for (const edge of data.edges) {
    const pair = [edge.from, edge.to].sort().join("|");
    const nth = seen.get(pair) || 0;
    seen.set(pair, nth + 1);
    const side = (nth % 2 ? 1 : -1) * (edge.from < edge.to ? 1 : -1);
    edge.bow = nth === 0 ? false : { enabled: true, type: side > 0 ? "curvedCW" : "curvedCCW", roundness: 0.12 * Math.ceil(nth / 2) + 0.06 };
  }
}

/** Return the nodes and edges to bring forward: the selection with what it touches; null when nothing is selected. */
function spotlight() {
  if (state.to) {
    const steps = pathBetween(state.at, state.to) || [];
    return { nodes: new Set([state.at, state.to, ...steps.flatMap((e) => [e.from, e.to])]), edges: new Set(steps.map((e) => e.id)) };
  }
  if (nodes.has(state.at)) {
    const touching = around.get(state.at);
    return { nodes: new Set([state.at, ...touching.flatMap((e) => [e.from, e.to])]), edges: new Set(touching.map((e) => e.id)) };
  }
  const edge = edges.get(state.at);
  return edge ? { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]) } : null;
}

function nodeLook(node, seen, light) {
  const back = light !== null && !light.nodes.has(node.id);
  const place = placeOf(node);
  const chosen = node.id === state.at || node.id === state.to, paint = inkOf(groups.get(node.kind));
  return {
    id: node.id, x: place[0], y: place[1], hidden: !seen.nodes.has(node.id), shape: node.shape, size: node.size,
    label: said(node, "label"), opacity: back ? 0.28 : 1, borderWidth: chosen ? 3 : 1, borderWidthSelected: 3,
    color: { background: paint, border: chosen ? inks.ink : inks.paper, hover: { background: paint, border: inks.ink }, highlight: { background: paint, border: inks.ink } },
    font: { size: fontOf(node), face: inks.sans, color: back ? inks.faint + "88" : node.concept ? inks.soft : inks.ink, strokeWidth: 3, strokeColor: inks.paper, vadjust: -1 },
  };
}

/** The height of a name: the busiest nodes keep theirs readable however far the drawing is zoomed out. */
function fontOf(node) {
  return grown.has(node.id) ? Math.max(node.font, Math.min(READABLE / network.getScale(), 90)) : node.font;
}

function findHubs(seen) {
  const ties = (id) => around.get(id).filter((edge) => seen.edges.has(edge.id)).length;
  const busy = [...seen.nodes].map((id) => [id, ties(id)]).filter(([, count]) => count > 3);
  busy.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  hubs = busy.slice(0, HUBS).map(([id]) => id);
  grow();
}

/** Choose the busiest nodes whose names, grown to a readable height, do not cover one another. */
function grow() {
  const scale = network.getScale(), taken = [];
  grown = new Set();
  if (13 * scale >= SMALLEST) return;
  for (const id of hubs) {
    const box = roomOf(nodes.get(id), READABLE / scale);
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
    taken.push(box);
    grown.add(id);
  }
}

/** Set the names of the busiest nodes anew after a change of zoom. */
function resize() {
  const seen = shown(), light = spotlight();
  grow();
  nodeSet.update(hubs.map((id) => nodeLook(nodes.get(id), seen, light)));
}

function placeOf(node) {
  return state.concepts ? node.wide : node.close || node.wide;
}

/** Length of an edge in pixels; a short one has no room for its name. */
function span(edge) {
  const [a, b] = [placeOf(nodes.get(edge.from)), placeOf(nodes.get(edge.to))];
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

function edgeLook(edge, seen, light) {
  const forward = light !== null && light.edges.has(edge.id);
  const named = edge.id === hovered || edge.id === state.at || (forward && light.edges.size <= 10 && span(edge) > 85);
  return {
    id: edge.id, from: edge.from, to: edge.to, hidden: !seen.edges.has(edge.id), dashes: edge.done ? false : [5, 4], smooth: edge.bow,
    arrows: edge.directed ? { to: { enabled: true, scaleFactor: 0.42 } } : "", width: edge.id === state.at ? 2.6 : forward ? 1.6 : 1,
    color: { color: edge.id === state.at ? inks.accent : forward ? inks.soft : inks.line, opacity: light !== null && !forward ? 0.25 : 0.9, inherit: false, hover: inks.accent, highlight: inks.accent },
    label: named ? said(edge, "name") : " ",
    font: { size: 12, face: inks.sans, color: inks.accent, strokeWidth: 4, strokeColor: inks.paper, align: "horizontal" },
  };
}

/** Bring the drawing in line with the state. */
function draw() {
  const seen = shown(), light = spotlight();
  findHubs(seen);
  nodeSet.update(data.nodes.map((node) => nodeLook(node, seen, light)));
  edgeSet.update(data.edges.map((edge) => edgeLook(edge, seen, light)));
  network.setSelection({ nodes: nodes.has(state.at) ? [state.at] : [], edges: edges.has(state.at) ? [state.at] : [] }, { highlightEdges: false });
  find("counts").textContent = word("counts", { n: seen.nodes.size, all: data.nodes.length, m: seen.edges.size, every: data.edges.length });
  find("nothing").hidden = seen.nodes.size > 0;
}

/** Show everything that is shown, names included, clear of the note at the bottom. */
function fit(calm = false) {
  const ids = [...shown().nodes];
  if (!ids.length) return;
  const rooms = ids.map((id) => roomOf(nodes.get(id)));
  const [left, top] = [0, 1].map((i) => Math.min(...rooms.map((room) => room[i])));
  const [right, bottom] = [2, 3].map((i) => Math.max(...rooms.map((room) => room[i])));
  network.setSize("100%", "100%"); // the header may have grown since the last drawing
  const frame = find("network").getBoundingClientRect(), note = 34;
  const scale = Math.min((frame.width - 40) / (right - left), (frame.height - 30 - note) / (bottom - top), 1.15);
  if (!(scale > 0)) return; // the drawing is not on the screen
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + note / 2 / scale }, scale, animation: calm ? false : glide() });
  if (calm) resize();
}

/** The room of a node with its name below it: left, top, right, bottom in pixels of the drawing. */
function roomOf(node, font = node.font) {
  const [x, y] = placeOf(node), lines = said(node, "label").split("\n");
  const half = Math.max(...lines.map((line) => Array.from(line).reduce((sum, sign) => sum + (sign > "\u2e80" ? 1 : 0.55), 0))) * font / 2;
  return [x - Math.max(half, node.size), y - node.size, x + Math.max(half, node.size), y + node.size + lines.length * font * 1.25];
}

function glide() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 350, easingFunction: "easeInOutQuad" };
}

/** Bring the selection into the middle, near enough to read. */
function lookAt(id) {
  const ends = edges.has(id) ? [edges.get(id).from, edges.get(id).to] : state.to ? [...spotlight().nodes] : [id];
  const at = network.getPositions(ends);
  const [xs, ys] = [ends.map((e) => at[e].x), ends.map((e) => at[e].y)];
  const scale = Math.max(network.getScale(), 0.85), all = Object.values(network.getPositions([...shown().nodes]));
  const room = find("network").getBoundingClientRect();
  const middle = {
    x: within((Math.min(...xs) + Math.max(...xs)) / 2, all.map((p) => p.x), room.width / scale / 2 - 110),
    y: within((Math.min(...ys) + Math.max(...ys)) / 2, all.map((p) => p.y), room.height / scale / 2 - 80),
  };
  network.moveTo({ position: middle, scale, animation: glide() });
}

/** Keep the middle of the window where the window, `half` to each side, does not leave the drawing. */
function within(middle, places, half) {
  const [low, high] = [Math.min(...places) + half, Math.max(...places) - half];
  return low > high ? (low + high) / 2 : Math.min(Math.max(middle, low), high);
}

function hover(id) {
  const before = hovered;
  hovered = id;
  const seen = shown(), light = spotlight();
  edgeSet.update([before, id].filter((e) => e !== null).map((e) => edgeLook(edges.get(e), seen, light)));
}

function startMap() {
  readInks();
  bows();
  nodeSet = new vis.DataSet();
  edgeSet = new vis.DataSet();
  network = new vis.Network(find("network"), { nodes: nodeSet, edges: edgeSet }, data.options);
  network.on("click", (event) => choose(event.nodes[0] ?? event.edges[0] ?? null));
  network.on("zoom", resize);
  network.on("animationFinished", resize);
  network.on("hoverEdge", (event) => hover(event.edge));
  network.on("blurEdge", () => hover(null));
  network.on("hoverNode", () => { find("network").style.cursor = "pointer"; });
  network.on("blurNode", () => { find("network").style.cursor = ""; });
  find("nearer").addEventListener("click", () => network.moveTo({ scale: network.getScale() * 1.3, animation: glide() }));
  find("farther").addEventListener("click", () => network.moveTo({ scale: network.getScale() / 1.3, animation: glide() }));
  find("fit").addEventListener("click", () => fit());
  dusk.addEventListener("change", () => { readInks(); refresh(); });
}
