// One bar a row: the first column of names, the first column of numbers.
import { canvas, cut, linked, svg } from "./drawing.js";
import { columnsOf, nameColumns, nameOf, sourceOf } from "./rows.js";
import { lang, say } from "./words.js";

const MOST = 60;
const [LABEL, WIDTH, LINE] = [300, 860, 26];

export function drawBars(data) {
  const names = nameColumns(data);
  const [value] = columnsOf(data, (cell) => cell.number !== null);
  const rows = data.rows.filter((row) => row[value].number !== null);
  const drawn = rows.slice(0, MOST);
  const most = Math.max(0, ...drawn.map((row) => row[value].number));
  const least = Math.min(0, ...drawn.map((row) => row[value].number));
  const x = (number) => LABEL + ((number - least) / (most - least || 1)) * (WIDTH - LABEL - 90);
  const title = say("bars", data.headings[value], names.map((i) => data.headings[i]).join(lang === "zh" ? "、" : ", "));
  const picture = canvas(WIDTH, drawn.length * LINE + 10, title);
  drawn.forEach((row, i) => picture.append(bar(row, names, row[value], x, i * LINE + 5)));
  return { title, picture, left: rows.length - drawn.length };
}

function bar(row, names, cell, x, top) {
  const said = nameOf(row, names);
  const label = svg("text", { x: LABEL - 10, y: top + 17, "text-anchor": "end" }, cut(said, 40));
  label.append(svg("title", {}, said));
  const [from, to] = [Math.min(x(0), x(cell.number)), Math.max(x(0), x(cell.number))];
  const box = svg("rect", { x: from, y: top + 3, width: Math.max(to - from, 1), height: LINE - 8, rx: 2, class: cell.number < 0 ? "below" : "bar" });
  const source = sourceOf(row);
  if (source.text) box.append(svg("title", {}, source.text));
  return svg("g", {}, linked(row[names[0]], label), linked(source, box), svg("text", { x: to + 8, y: top + 17, class: "value" }, cell.text));
}
