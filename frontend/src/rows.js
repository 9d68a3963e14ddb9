// The answer as the views read it: from the table that the server drew, so that there is one source of what is shown.
const DAY = /^\d{4}(-\d\d(-\d\d)?)?$/;

/** Return { headings, rows, kept }: rows of cells, `kept` the columns that are no quote and no place in a report. */
export function readRows(table) {
  const headings = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map(readCell));
  const kept = headings.map((_, i) => i).filter((i) => !rows.some((row) => row[i].kind === "place" || row[i].kind === "quote"));
  return { headings, rows, kept };
}

function readCell(cell) {
  const text = cell.textContent.trim();
  const link = cell.querySelector("a");
  const kind = cell.className;
  const day = DAY.test(text) && kind !== "number" ? text : "";
  return {
    text,
    kind,
    href: link?.getAttribute("href") ?? "",
    number: kind === "number" ? Number(text.replaceAll(",", "")) : null,
    first: cell.dataset.first || day,
    last: cell.dataset.last || day,
    dated: cell.dataset.first !== undefined || day !== "",
  };
}

// a named graph and a rule say where a row comes from, not what it is about
const isNode = (cell) => cell.href !== "" && !/^\/(graph|rule)\//.test(cell.href) && !cell.dated && cell.kind === "";
const isName = (cell) => cell.kind === "" && cell.text !== "" && !cell.dated;

/** Where a row is said: { href, text } of its place in the report and its quote; empty where the answer has none. */
export function sourceOf(row) {
  const [place, quote] = ["place", "quote"].map((kind) => row.find((cell) => cell.kind === kind));
  return { href: place?.href ?? "", text: quote?.text ?? "" };
}

/** Return the columns for which `test` holds in at least one row and never fails where there is a value. */
export function columnsOf({ rows, kept }, test) {
  const full = (i) => rows.filter((row) => row[i].text !== "");
  return kept.filter((i) => full(i).length && full(i).every((row) => test(row[i])));
}

/** Return the views that the data allow. */
export function possible(data) {
  const found = ["table"];
  if (endsOf(data)) found.push("network");
  if (columnsOf(data, (cell) => cell.number !== null).length && columnsOf(data, isName).length) found.push("bar");
  if (columnsOf(data, (cell) => cell.dated).length && data.rows.some((row) => row.some((cell) => cell.first))) found.push("timeline");
  return found;
}

/** Return the columns that tell one row from another by name, at most three: those that say the same in every row tell nothing. */
export function nameColumns(data) {
  const names = columnsOf(data, isName);
  const telling = names.filter((i) => new Set(data.rows.map((row) => row[i].text)).size > 1);
  return (telling.length ? telling : names).slice(0, 3);
}

/** What a drawing calls a row: its names, each once. */
export const nameOf = (row, names) => [...new Set(names.map((i) => row[i].text).filter(Boolean))].join(" · ");

/** Return the columns { source, target, named } of a network: subject and object of triples, else the first two columns of things. */
export function endsOf(data) {
  const [subject, predicate, object] = ["subject", "predicate", "object"].map((name) => data.headings.indexOf(name));
  if (subject >= 0 && predicate >= 0 && object >= 0 && data.rows.some((row) => isNode(row[subject]) && isNode(row[object])))
    return { source: subject, target: object, named: predicate };
  const [source, target] = columnsOf(data, isNode);
  return target === undefined ? null : { source, target, named: data.kept.find((i) => i > source && i < target) };
}
