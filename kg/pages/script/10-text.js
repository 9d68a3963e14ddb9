// Words, elements and places in a text. Everything from a report reaches the page as text, never as markup.
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

/** The status of `edge`; of a post that is over, that too. */
function statusOf(edge) {
  return edge.past ? `${said(edge, "status")}${word("stop")}${word("over")}` : said(edge, "status");
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

// Offsets count code points; JavaScript counts UTF-16 units. Texts are kept as arrays of code points, made when first read.
const texts = new Map();

/** The code points of the text of report number `report`, or null where its text is not in the page. */
function textOf(report) {
  if (!texts.has(report)) texts.set(report, data.reports[report].text === null ? null : Array.from(data.reports[report].text));
  return texts.get(report);
}

/** The characters `start` to `end` of report number `report`, or "" where its text is not in the page. */
function slice(report, start, end) {
  return textOf(report) === null ? "" : textOf(report).slice(start, end).join("");
}

/** Return the parts of the sentence of `proof`: before the quote, the quote, after it; `around` shortens long sides. */
function parts(proof, around = Infinity) {
  const sentence = textOf(proof.report) === null ? Array.from(proof.sentence) : textOf(proof.report).slice(proof.from, proof.to);
  const [start, end] = [proof.start - proof.from, proof.end - proof.from];
  const [before, after] = [sentence.slice(0, start), sentence.slice(end)];
  return [
    before.length > around ? "…" + before.slice(-around).join("") : before.join(""),
    sentence.slice(start, end).join(""),
    after.length > around ? after.slice(0, around).join("") + "…" : after.join(""),
  ];
}
