// Words, elements and places in a text. Everything from a report reaches the page as text, never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const find = (id) => document.getElementById(id);

/** The interface word `key` in the language of the page; {n} and the like are filled from `values`. */
function word(key, values = {}) {
  return data.words[key][state.lang].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** `thing` has its texts in `<name>_zh` and `<name>_en`; the other language stands in where one is missing. */
function said(thing, name) {
  const other = state.lang === "zh" ? "en" : "zh";
  return thing[`${name}_${state.lang}`] || thing[`${name}_${other}`] || "";
}

/** The name of the relation of `edge`; two that only took part in the same event are said to have done so together. */
function relationOf(edge) {
  return edge.directed ? said(edge, "name") : `${said(edge, "name")}${word("together")}`;
}

/** Make an element: attributes that are functions listen, children may be text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// Offsets count code points; JavaScript counts UTF-16 units. Texts are kept as arrays of code points.
const texts = data.reports.map((report) => (report.text === null ? null : Array.from(report.text)));

/** The characters `start` to `end` of report number `report`, or "" where its text is not in the page. */
function slice(report, start, end) {
  return texts[report] === null ? "" : texts[report].slice(start, end).join("");
}

/** Return the parts of the sentence of `proof`: before the quote, the quote, after it; `around` shortens long sides. */
function parts(proof, around = Infinity) {
  let [before, quote, after] = [proof.before, proof.quote, proof.after];
  if (texts[proof.report] !== null) {
    before = slice(proof.report, proof.from, proof.start);
    quote = slice(proof.report, proof.start, proof.end);
    after = slice(proof.report, proof.end, proof.to);
  }
  const [left, right] = [Array.from(before), Array.from(after)];
  if (left.length > around) before = "…" + left.slice(-around).join("");
  if (right.length > around) after = right.slice(0, around).join("") + "…";
  return [before, quote, after];
}

const dusk = matchMedia("(prefers-color-scheme: dark)");

/** The colour of `group` on light or dark paper. */
function inkOf(group) {
  return dusk.matches ? group.dark : group.color;
}

/** The shape of group `group` as a small drawing for legend and card. */
function sign(group) {
  const forms = {
    dot: "M7 1.5a5.5 5.5 0 1 0 .01 0Z", square: "M2 2H12V12H2Z", triangle: "M7 1.5 13 12H1Z", triangleDown: "M1 2H13L7 12.5Z",
    diamond: "M7 .8 13.2 7 7 13.2 .8 7Z", hexagon: "M4 1.8H10L13 7 10 12.2H4L1 7Z", star: "M7 .6 8.9 5 13.6 5.3 10 8.4 11.2 13 7 10.5 2.8 13 4 8.4 .4 5.3 5.1 5Z",
  };
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  drawing.setAttribute("class", "sign");
  drawing.setAttribute("viewBox", "0 0 14 14");
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", forms[group.shape]);
  path.setAttribute("fill", inkOf(group));
  drawing.append(path);
  return drawing;
}
