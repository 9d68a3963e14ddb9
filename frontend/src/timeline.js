// Each row at its time: a bar from the first to the last day, open to the left where only the last day is known.
import { canvas, cut, linked, svg } from "./drawing.js";
import { columnsOf, nameColumns, nameOf, sourceOf } from "./rows.js";
import { say } from "./words.js";

const MOST = 80;
const [LABEL, WIDTH, LINE, HEAD] = [300, 860, 26, 30];

const start = (text) => Date.parse(text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text);
function end(text) {
  if (text.length === 10) return Date.parse(text) + 864e5;
  const [year, month] = text.split("-").map(Number);
  return month ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1);
}

export function drawTimeline(data) {
  const dated = columnsOf(data, (cell) => cell.dated);
  const all = data.rows.map((row) => ({ row, ...span(dated.map((i) => row[i])) }));
  const known = all.filter((one) => one.to).sort((a, b) => (a.from || a.to) - (b.from || b.to) || a.to - b.to);
  const drawn = known.slice(0, MOST);
  const least = Math.min(...drawn.map((one) => one.from || one.to));
  const most = Math.max(...drawn.map((one) => one.to));
  const [first, last] = [new Date(least).getUTCFullYear(), new Date(most - 1).getUTCFullYear() + 1];
  const [low, high] = [Date.UTC(first), Date.UTC(last)];
  const x = (time) => LABEL + ((time - low) / (high - low)) * (WIDTH - LABEL - 20);
  const title = say("timeline");
  const picture = canvas(WIDTH, drawn.length * LINE + HEAD + 8, `${title} ${first}–${last - 1}`);
  picture.append(scale(first, last, x, drawn.length * LINE + HEAD));
  const names = nameColumns(data);
  drawn.forEach((one, i) => picture.append(line(one, names, dated, x, HEAD + i * LINE)));
  const undated = all.length - known.length;
  return { title, picture, left: known.length - drawn.length, note: undated ? say("undated", undated) : "" };
}

function span(cells) {
  const [firsts, lasts] = [cells.map((cell) => cell.first).filter(Boolean), cells.map((cell) => cell.last).filter(Boolean)];
  return { from: firsts.length ? Math.min(...firsts.map(start)) : 0, to: lasts.length ? Math.max(...lasts.map(end)) : 0 };
}

function scale(first, last, x, bottom) {
  const step = Math.ceil((last - first) / 12);
  const group = svg("g", { class: "scale" });
  for (let year = first; year <= last; year += step) {
    const at = x(Date.UTC(year));
    group.append(svg("line", { x1: at, x2: at, y1: HEAD - 8, y2: bottom }));
    if (year < last) group.append(svg("text", { x: at + 4, y: HEAD - 12 }, String(year)));
  }
  return group;
}

function line({ row, from, to }, names, dated, x, top) {
  const said = nameOf(row, names);
  const when = dated.map((i) => row[i].text).filter(Boolean).join(" – ");
  const label = svg("text", { x: LABEL - 10, y: top + 17, "text-anchor": "end" }, cut(said, 40));
  label.append(svg("title", {}, `${said} (${when})`));
  const left = from ? x(from) : LABEL;
  const box = svg("rect", { x: left, y: top + 4, width: Math.max(x(to) - left, 3), height: LINE - 10, rx: 3, class: from ? "bar" : "bar open" });
  const source = sourceOf(row);
  box.append(svg("title", {}, [when, source.text].filter(Boolean).join("\n")));
  return svg("g", {}, names.length ? linked(row[names[0]], label) : label, linked(source, box));
}
