// The picture as a file: SVG made from the places of what is drawn, with legend and source line; PNG from that SVG, twice as fine.
const MARGIN = 40, WIDEST = 8000; // pixels

/** Return what is drawn as an SVG element. */
function pictureOf() {
  const [left, top, right, bottom] = scene.things.size ? bounds() : [0, 0, 600, 200];
  const wide = Math.max(right - left, 640) + 2 * MARGIN, unit = Math.max(wide / 1000, 0.8);
  const key = keyOf(wide - 2 * MARGIN, unit), head = 46 * unit;
  const high = head + (bottom - top) + MARGIN + key.high;
  const drawing = makeSvg("g", { transform: `translate(${MARGIN + (wide - 2 * MARGIN - (right - left)) / 2 - left} ${head + MARGIN / 2 - top})` },
    ...scene.ties.map(tieShape), ...scene.edges.map(edgeShape), ...[...scene.things.values()].map(thingShape), ...[...scene.things.values()].flatMap(labelShape));
  key.element.setAttribute("transform", `translate(${MARGIN} ${head + (bottom - top) + MARGIN})`);
  return makeSvg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${round(wide)} ${round(high)}`, width: round(wide), height: round(high), "font-family": inks.sans.replaceAll('"', "'"), role: "img" },
    makeSvg("title", {}, `${said(data.title, "name")} · ${said(data.view, "name")}`),
    makeSvg("rect", { width: "100%", height: "100%", fill: inks.paper }),
    lineOfText(`${said(data.title, "name")} · ${said(data.view, "name")}`, MARGIN, 32 * unit, 19 * unit, inks.ink, 700), drawing, key.element);
}

function round(number) {
  return Math.round(number * 10) / 10;
}

function lineOfText(text, x, y, size, ink, weight = 400) {
  return makeSvg("text", { x: round(x), y: round(y), "font-size": round(size), fill: ink, "font-weight": weight }, text);
}

function thingShape(thing) {
  const [x, y] = placeOf(thing), bubble = thing.number !== undefined, radius = radiusOf(thing), shape = bubble ? "dot" : groups.get(thing.kind).shape;
  const back = scene.spotlight !== null && !bubble && !scene.spotlight.nodes.has(thing.id), scale = round(radius / 5.5 * 100) / 100;
  return makeSvg("path", { d: FORMS[shape], transform: `translate(${round(x - 7 * scale)} ${round(y - 7 * scale)}) scale(${scale})`, fill: bubble ? communityInk(thing.number) : paintOf(thing), stroke: inks.paper, "stroke-width": round(1 / scale), opacity: back ? 0.3 : 1 });
}

/** The lines of the name below a thing. */
function labelShape(thing) {
  const [x, y] = placeOf(thing), size = thing.font ?? 14, back = scene.spotlight !== null && thing.number === undefined && !scene.spotlight.nodes.has(thing.id);
  const text = makeSvg("text", { "font-size": size, "text-anchor": "middle", fill: back ? inks.faint : thing.concept ? inks.soft : inks.ink, stroke: inks.paper, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round", opacity: back ? 0.5 : 1 });
  linesOf(thing).split("\n").forEach((line, i) => text.append(makeSvg("tspan", { x: round(x), y: round(y + radiusOf(thing) + size * (1.05 + 1.22 * i)) }, line)));
  return [text];
}

function edgeShape(edge) {
  const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)], [[x1, y1], [x2, y2]] = [placeOf(from), placeOf(to)], long = Math.hypot(x2 - x1, y2 - y1);
  const light = scene.spotlight, forward = light !== null && light.edges.has(edge.id), ink = edge.id === state.at ? inks.accent : forward ? inks.soft : inks.line;
  const group = makeSvg("g", { fill: "none", stroke: ink, opacity: light !== null && !forward ? 0.3 : 0.9, "stroke-width": forward ? 1.6 : 1 });
  if (long < 1) {
    group.append(makeSvg("circle", { cx: x1 + 14, cy: y1 - 14, r: 12 }));
    return group;
  }
  const bow = scene.bows.get(edge.id) ?? 0, [cx, cy] = [(x1 + x2) / 2 + (y2 - y1) * bow, (y1 + y2) / 2 - (x2 - x1) * bow];
  const [dx, dy] = [(x2 - cx) / Math.hypot(x2 - cx, y2 - cy), (y2 - cy) / Math.hypot(x2 - cx, y2 - cy)];
  const stop = Math.min(radiusOf(to) + 1, long / 2), [ex, ey] = [x2 - dx * stop, y2 - dy * stop];
  group.append(makeSvg("path", { d: `M${round(x1)} ${round(y1)}Q${round(cx)} ${round(cy)} ${round(ex)} ${round(ey)}`, "stroke-dasharray": edge.inferred ? "1 4" : edge.done ? "none" : "5 4" }));
  if (edge.directed) group.append(makeSvg("path", { d: `M${round(ex)} ${round(ey)}L${round(ex - 7 * dx + 3 * dy)} ${round(ey - 7 * dy - 3 * dx)}L${round(ex - 7 * dx - 3 * dy)} ${round(ey - 7 * dy + 3 * dx)}Z`, fill: ink, stroke: "none" }));
  if (edge.id === state.at || (forward && light.edges.size <= 10 && long > 85)) group.append(wordOn(said(edge, "name"), cx, cy));
  return group;
}

function tieShape(tie, nth) {
  const [[x1, y1], [x2, y2]] = [tie.from, tie.to].map((id) => placeOf(scene.things.get(id)));
  const group = makeSvg("g", { stroke: inks.line, opacity: 0.8 }, makeSvg("path", { d: `M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`, "stroke-width": round(Math.min(1 + Math.log2(tie.count), 9)) }));
  if (scene.kind === "communities" && nth < COUNTED) group.append(wordOn(String(tie.count), (x1 + x2) / 2, (y1 + y2) / 2));
  return group;
}

function wordOn(text, x, y) {
  return makeSvg("text", { x: round(x), y: round(y + 4), "font-size": 12, "text-anchor": "middle", fill: inks.accent, stroke: inks.paper, "stroke-width": 4, "paint-order": "stroke" }, text);
}

/** The legend and where the picture comes from, in lines of at most `wide` pixels. */
function keyOf(wide, unit) {
  const kinds = new Set(scene.nodes.map((id) => nodes.get(id).kind)), size = 12 * unit, element = makeSvg("g", {});
  const entries = [
    ...data.groups.filter((group) => kinds.has(group.id)).map((group) => [group.shape, state.colour === "community" ? inks.soft : inkOf(group), said(group, "name")]),
    ...keyedCommunities().map((number) => ["dot", communityInk(number), communityName(number, 1)]),
  ];
  let [x, y] = [0, size];
  for (const [shape, ink, name] of entries) {
    const room = (widthOf(name) + 3) * size;
    if (x > 0 && x + room > wide) { x = 0; y += 1.7 * size; }
    element.append(makeSvg("path", { d: FORMS[shape], fill: ink, transform: `translate(${round(x)} ${round(y - size * 0.85)}) scale(${round(size / 14 * 100) / 100})` }), lineOfText(name, x + 1.4 * size, y, size, inks.soft));
    x += room;
  }
  for (const text of sourceLines()) {
    for (const line of brokenInto(text, wide / size)) {
      y += 1.7 * size;
      element.append(lineOfText(line, 0, y, size, inks.soft));
    }
  }
  return { element, high: y + 2 * size };
}

/** What the picture shows, how much of the network that is, and the reports behind it. */
function sourceLines() {
  const titles = data.reports.map((report) => report.title);
  const listed = titles.slice(0, 5).join(state.lang === "zh" ? "；" : "; ") + (titles.length > 5 ? word("and_more", { n: titles.length - 5 }) : "");
  return [find("counts").textContent, find("scene-said").textContent, `${word("size")}${word("colon")}${word(state.size)}${word("stop")}${word("dashes")}`, `${word("reports")}${word("colon")}${listed}`].filter(Boolean);
}

function brokenInto(text, wide) {
  const lines = [""];
  for (const piece of text.match(/[\u2e80-\uffff]|[^\u2e80-\uffff]+?(?:\s|(?=[\u2e80-\uffff])|$)|./gu) ?? []) {
    if (lines.at(-1) && widthOf(lines.at(-1) + piece) > wide) lines.push("");
    lines[lines.length - 1] += piece;
  }
  return lines;
}

function svgText() {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(pictureOf())}\n`;
}

/** Let the reader keep `blob` as a file. */
function save(blob, ending) {
  const address = URL.createObjectURL(blob), link = make("a", { href: address, download: `${data.view.id.replace(/[^\w-]/g, "-")}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function saveSvg() {
  save(new Blob([svgText()], { type: "image/svg+xml" }), "svg");
}

function savePng() {
  const picture = new Image();
  picture.addEventListener("load", () => {
    const scale = Math.min(2, WIDEST / Math.max(picture.width, picture.height)), canvas = make("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, "png"), "image/png");
  });
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText())}`;
}

/** On paper stand the picture as it is drawn, the relations as a table, and the reports behind them. */
function preparePrint(on) {
  if (printing === on) return;
  printing = on;
  readInks();
  find("printed").replaceChildren(...(on ? [pictureOf()] : []));
  find("sources").replaceChildren(...(on ? [make("h2", {}, word("reports")), ...data.reports.map((report) => make("p", {}, `${report.title} · ${report.iri}`))] : []));
  paintTable();
}

function startPicture() {
  find("save-svg").addEventListener("click", saveSvg);
  find("save-png").addEventListener("click", savePng);
  find("print").addEventListener("click", () => window.print());
  addEventListener("beforeprint", () => preparePrint(true));
  addEventListener("afterprint", () => preparePrint(false));
  matchMedia("print").addEventListener("change", (event) => preparePrint(event.matches));
}
