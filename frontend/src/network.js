// Each row a tie from the first to the second column of nodes; what stands in a column between them, or a column of
// properties, is written on the tie; a tie with a quote opens the report there. The places come from springs that start on a circle: the same answer, the same picture.
import { canvas, cut, linked, svg } from "./drawing.js";
import { endsOf, sourceOf } from "./rows.js";
import { say } from "./words.js";

const MOST = 200; // nodes
const [WIDTH, HEIGHT] = [860, 600];

export function drawNetwork(data) {
  const { nodes, ties } = gather(data);
  const drawn = [...nodes.values()].slice(0, MOST);
  const kept = ties.filter(({ from, to }) => from.at < MOST && to.at < MOST);
  settle(drawn, kept);
  fit(drawn);
  nameThem(drawn);
  const title = say("ties", drawn.length, kept.length);
  const picture = canvas(WIDTH, HEIGHT, title);
  picture.append(arrow(), ...kept.map((tie) => drawTie(tie, kept.length <= 40)), ...drawn.map(drawNode), svg("g", { class: "names" }, ...drawn.filter((node) => node.label).map(nameNode)));
  picture.classList.add("network");
  return { title, picture, left: nodes.size - drawn.length };
}

function gather(data) {
  const { source, target, named } = endsOf(data);
  const nodes = new Map();
  const ties = [];
  const node = (cell) => {
    if (!nodes.has(cell.href)) nodes.set(cell.href, { ...cell, at: nodes.size, degree: 0 });
    return nodes.get(cell.href);
  };
  const seen = new Set();
  for (const row of data.rows) {
    if (!row[source].href || !row[target].href) continue;
    const [from, to, label] = [node(row[source]), node(row[target]), named === undefined ? "" : row[named].text];
    const key = `${from.at} ${to.at} ${label}`;
    if (seen.has(key)) continue;
    seen.add(key);
    from.degree += 1;
    to.degree += 1;
    ties.push({ from, to, label, source: sourceOf(row) });
  }
  return { nodes, ties };
}

/** Let nodes push each other away and ties pull, 200 rounds, slower and slower (Fruchterman and Reingold, 1991). */
function settle(nodes, ties) {
  const wide = Math.sqrt(1 / Math.max(nodes.length, 1));
  nodes.forEach((node, i) => Object.assign(node, { x: Math.cos(i * 2.4) * Math.sqrt(i + 1) * wide, y: Math.sin(i * 2.4) * Math.sqrt(i + 1) * wide }));
  for (let round = 0, warm = 0.12; round < 200; round++, warm *= 0.98) {
    for (const node of nodes) [node.dx, node.dy] = [-node.x * 0.25, -node.y * 0.35];
    for (let i = 0; i < nodes.length; i++)
      for (let j = 0; j < i; j++) move(nodes[i], nodes[j], (length) => (wide * wide) / length);
    for (const { from, to } of ties) if (from !== to) move(from, to, (length) => (-length * length) / wide);
    for (const node of nodes) {
      const length = Math.hypot(node.dx, node.dy) || 1;
      node.x += (node.dx / length) * Math.min(length, warm);
      node.y += (node.dy / length) * Math.min(length, warm);
    }
  }
}

function move(a, b, force) {
  const [x, y] = [a.x - b.x, a.y - b.y];
  const length = Math.hypot(x, y) || 1e-3;
  const strength = force(length) / length;
  a.dx += x * strength;
  a.dy += y * strength;
  b.dx -= x * strength;
  b.dy -= y * strength;
}

function fit(nodes) {
  const scale = (key, room, margin) => {
    const values = nodes.map((node) => node[key]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    for (const node of nodes) node[key] = high > low ? margin + ((node[key] - low) / (high - low)) * (room - 2 * margin) : room / 2;
  };
  scale("x", WIDTH, 90);
  scale("y", HEIGHT, 40);
}

/** Give a label to each node whose label covers no other, those with the most ties first; the others say it when pointed at. */
function nameThem(nodes) {
  const taken = [];
  for (const node of [...nodes].sort((a, b) => b.degree - a.degree || a.at - b.at)) {
    const label = cut(node.text, 28);
    const half = [...label].reduce((wide, sign) => wide + (/[\u2e80-\uffee]/.test(sign) ? 6.5 : 3.6), 0);
    const box = { left: node.x - half, right: node.x + half, top: node.y - radius(node) - 18, bottom: node.y - radius(node) };
    if (taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) continue;
    taken.push(box);
    node.label = label;
  }
}

function arrow() {
  const head = svg("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" });
  head.append(svg("path", { d: "M0 0 8 4 0 8z", class: "arrow" }));
  return svg("defs", {}, head);
}

const radius = (node) => 5 + Math.min(9, Math.sqrt(node.degree) * 2);

function drawTie({ from, to, label, source }, named) {
  const [x, y] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(x, y) || 1;
  const short = (radius(to) + 2) / length;
  const line = svg("line", { x1: from.x, y1: from.y, x2: to.x - x * short, y2: to.y - y * short, "marker-end": "url(#arrow)" });
  line.append(svg("title", {}, [from.text, label, to.text].filter(Boolean).join(" → ") + (source.text && `\n${source.text}`)));
  const wide = svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, class: "wide" }); // easier to point at
  const group = svg("g", { class: "tie" }, wide, line);
  if (named && label) group.append(svg("text", { x: from.x + x / 2, y: from.y + y / 2 - 4, "text-anchor": "middle" }, cut(label, 16)));
  return linked(source, group);
}

function drawNode(node) {
  const dot = svg("circle", { cx: node.x, cy: node.y, r: radius(node) });
  dot.append(svg("title", {}, node.text));
  return linked(node, svg("g", { class: "node" }, dot));
}

const nameNode = (node) => svg("text", { x: node.x, y: node.y - radius(node) - 4, "text-anchor": "middle" }, node.label);
