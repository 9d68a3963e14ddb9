// Places for what is unfolded: a small network is laid out when it is asked for, by the same steps as in Python
// (kg/views/layout.py): a tree in rings, stress majorisation, labels pushed apart, parts beside one another. No chance in it.
const LENGTH = 96, STRETCH = 1.4, ROOM = 10, ROUNDS = 40; // pixels between neighbours, width by height, free pixels round a label

/** Return the places of `ids`: Map from id to [x, y]. `links` are pairs of ids; `room` gives [width, height] of a thing with its label. */
function layOut(ids, links, room) {
  const near = new Map(ids.map((id) => [id, new Set()]));
  for (const [a, b] of links) if (a !== b) { near.get(a).add(b); near.get(b).add(a); }
  const parts = partsOf(ids, near).map((part) => laid(part, near, room));
  return beside(parts);
}

/** The connected parts, the largest first. */
function partsOf(ids, near) {
  const seen = new Set(), parts = [];
  for (const id of ids) {
    if (seen.has(id)) continue;
    const part = [id];
    seen.add(id);
    for (let i = 0; i < part.length; i++) for (const other of near.get(part[i])) if (!seen.has(other)) { seen.add(other); part.push(other); }
    parts.push(part);
  }
  return parts.sort((a, b) => b.length - a.length);
}

function laid(part, near, room) {
  const rooms = part.map(room), wanted = distances(part, near);
  const places = rings(part, near);
  majorise(places, wanted);
  for (const place of places) place[0] *= STRETCH;
  drawIn(places, rooms);
  pushApart(places, rooms);
  return { part, places, rooms };
}

/** Return the lengths of the shortest ways between all nodes of a part; the edges of busy nodes are longer. */
function distances(part, near) {
  const index = new Map(part.map((id, i) => [id, i]));
  const ways = part.map((id) => [...near.get(id)].map((other) => [index.get(other), LENGTH * (0.8 + 0.26 * Math.sqrt(Math.max(near.get(id).size, near.get(other).size)))]));
  return part.map((_, from) => {
    const found = new Float64Array(part.length).fill(Infinity), queue = [from];
    found[from] = 0;
    for (let i = 0; i < queue.length; i++) {
      for (const [other, length] of ways[queue[i]]) {
        const way = found[queue[i]] + length;
        if (way < found[other] - 1e-9) { found[other] = way; queue.push(other); }
      }
    }
    return found;
  });
}

/** The tree of the busiest node in rings; a branch gets an arc as wide as it has leaves. */
function rings(part, near) {
  const root = part.reduce((best, id) => (near.get(id).size > near.get(best).size ? id : best));
  const children = new Map([[root, []]]), order = [root], depth = new Map([[root, 0]]);
  for (let i = 0; i < order.length; i++) {
    for (const other of near.get(order[i])) {
      if (children.has(other)) continue;
      children.set(other, []);
      children.get(order[i]).push(other);
      depth.set(other, depth.get(order[i]) + 1);
      order.push(other);
    }
  }
  const leaves = new Map(), arcs = new Map([[root, [0, 2 * Math.PI]]]);
  for (const id of [...order].reverse()) leaves.set(id, children.get(id).reduce((sum, child) => sum + leaves.get(child), 0) || 1);
  for (const id of order) {
    let [begin, width] = arcs.get(id);
    for (const child of children.get(id)) {
      const share = width * leaves.get(child) / leaves.get(id);
      arcs.set(child, [begin, share]);
      begin += share;
    }
  }
  return part.map((id) => {
    const [begin, width] = arcs.get(id), radius = depth.get(id) * LENGTH * 1.5;
    return [radius * Math.cos(begin + width / 2), radius * Math.sin(begin + width / 2)];
  });
}

/** Move each node in turn to the weighted mean of where its distances to all others would put it. */
function majorise(places, wanted) {
  for (let round = 0; round < ROUNDS; round++) {
    let moved = 0;
    for (let i = 0; i < places.length; i++) {
      let [x, y, total] = [0, 0, 0];
      const [here, there] = places[i];
      for (let j = 0; j < places.length; j++) {
        if (i === j) continue;
        const weight = 1 / Math.max(wanted[i][j], 1) ** 2, [dx, dy] = [here - places[j][0], there - places[j][1]];
        const pull = wanted[i][j] / Math.max(Math.hypot(dx, dy), 1e-3);
        x += weight * (places[j][0] + dx * pull);
        y += weight * (places[j][1] + dy * pull);
        total += weight;
      }
      if (!total) continue;
      moved = Math.max(moved, Math.abs(x / total - here), Math.abs(y / total - there));
      places[i] = [x / total, y / total];
    }
    if (moved < 0.5) break;
  }
}

/** Return left, top, right, bottom of things in their rooms. */
function extent(places, rooms) {
  const side = (i, sign) => places.map((place, k) => place[i] + sign * rooms[k][i] / 2);
  return [Math.min(...side(0, -1)), Math.min(...side(1, -1)), Math.max(...side(0, 1)), Math.max(...side(1, 1))];
}

/** Shrink a drawing until labels fill about half of it. */
function drawIn(places, rooms) {
  const [left, top, right, bottom] = extent(places, rooms);
  const wanted = rooms.reduce((sum, [wide, high]) => sum + (wide + ROOM) * (high + ROOM), 0) / 0.5;
  const scale = Math.min(1, Math.sqrt(wanted / ((right - left) * (bottom - top))));
  for (const place of places) { place[0] *= scale; place[1] *= scale; }
}

/** Push overlapping labels apart along the side on which they overlap less, half the way each. */
function pushApart(places, rooms) {
  const widest = Math.max(...rooms.map(([wide]) => wide)) + ROOM;
  for (let round = 0; round < 300; round++) {
    const order = places.map((_, i) => i).sort((a, b) => places[a][0] - places[b][0] || a - b);
    let hit = false;
    order.forEach((a, n) => {
      for (let m = n + 1; m < order.length && places[order[m]][0] - places[a][0] < widest; m++) hit = parted(a, order[m], places, rooms) || hit;
    });
    if (!hit) break;
  }
}

function parted(a, b, places, rooms) {
  const over = [0, 1].map((i) => (rooms[a][i] + rooms[b][i]) / 2 + ROOM - Math.abs(places[a][i] - places[b][i]));
  if (over[0] <= 0.5 || over[1] <= 0.5) return false;
  const side = over[1] < over[0] ? 1 : 0, sign = places[a][side] - places[b][side] >= 0 ? 1 : -1;
  places[a][side] += sign * over[side] * 0.4;
  places[b][side] -= sign * over[side] * 0.4;
  return true;
}

/** Put the parts into rows, about as wide as a screen is for their height. */
function beside(parts) {
  const sizes = parts.map(({ places, rooms }) => extent(places, rooms));
  const area = sizes.reduce((sum, [left, top, right, bottom]) => sum + (right - left + 3 * ROOM) * (bottom - top + 3 * ROOM), 0);
  const width = Math.max(Math.sqrt(area * 1.5), ...sizes.map(([left, , right]) => right - left));
  const found = new Map();
  let [x, y, high] = [0, 0, 0];
  parts.forEach(({ part, places }, n) => {
    const [left, top, right, bottom] = sizes[n];
    if (x > 0 && x + right - left > width) { x = 0; y += high + 3 * ROOM; high = 0; }
    part.forEach((id, i) => found.set(id, [Math.round(places[i][0] - left + x), Math.round(places[i][1] - top + y)]));
    x += right - left + 3 * ROOM;
    high = Math.max(high, bottom - top);
  });
  return found;
}

/** Put `gates` round what has its place in `places`, each on the side of what it is tied to. */
function putRound(places, gates, ties) {
  if (!gates.length) return;
  const all = [...places.values()], [xs, ys] = [0, 1].map((i) => all.map((place) => place[i]));
  const [x, y] = [xs, ys].map((values) => (Math.min(...values) + Math.max(...values)) / 2);
  const [wide, high] = [xs, ys].map((values, i) => (Math.max(...values) - Math.min(...values)) / 2 + (i ? 110 : 150));
  const turned = gates.map((gate) => {
    const near = ties.filter((tie) => tie.to === gate).map((tie) => places.get(tie.from));
    const mean = [0, 1].map((i) => near.reduce((sum, place) => sum + place[i], 0) / near.length);
    return { gate, angle: Math.atan2((mean[1] - y) / high, (mean[0] - x) / wide) };
  }).sort((a, b) => a.angle - b.angle);
  const least = 2 * Math.PI / Math.max(gates.length + 1, 7);
  turned.forEach((one, i) => { if (i) one.angle = Math.max(one.angle, turned[i - 1].angle + least); });
  for (const { gate, angle } of turned) places.set(gate, [Math.round(x + wide * Math.cos(angle)), Math.round(y + high * Math.sin(angle))]);
}
