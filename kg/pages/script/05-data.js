// The data of the page: JSON as it stands, or deflated where it is long. What the first picture needs is read at once, the
// rest (passages, other names, figures) when it is first asked for. Columns are read in place.
const [data, details] = await Promise.all(["data", "details"].map(openText)).then(([first, rest]) => [JSON.parse(first), once(() => JSON.parse(rest))]);

async function openText(id) {
  const block = document.getElementById(id);
  if (block.type === "application/json") return block.textContent;
  const bytes = Uint8Array.fromBase64 ? Uint8Array.fromBase64(block.textContent) : Uint8Array.from(atob(block.textContent), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
}

/** A function that computes its value when it is first called. */
function once(compute) {
  let value;
  return () => value ??= compute();
}

/** Return the rows of a table: objects whose properties read their column; those in `later` read a column of `details`. */
function rowsOf(table, later = {}) {
  class Row { constructor(row) { this.row = row; } }
  for (const [name, column] of Object.entries(table.columns)) Object.defineProperty(Row.prototype, name, { get: readerOf(column) });
  for (const [name, get] of Object.entries(later)) Object.defineProperty(Row.prototype, name, { get });
  return Array.from({ length: table.rows }, (_, row) => new Row(row));
}

/** The function by which a row reads `column`. */
function readerOf({ all, words, at, each }) {
  if (each) return function () { return each[this.row]; };
  if (words) return function () { return words[at[this.row]]; };
  return () => all;
}

/** A property of a row that stands in the columns of `details`, made into what the scripts use when it is first read. */
function later(kind, name, use = (value) => value) {
  const reader = once(() => readerOf(details()[kind].columns[name]));
  return function () {
    const value = use(reader().call(this));
    Object.defineProperty(this, name, { value });
    return value;
  };
}

const proofs = once(() => rowsOf(details().proofs));
const proven = (rows) => rows.map((row) => proofs()[row]);
const items = (list) => list.map((item) => ({ ...item, evidence: proven(item.evidence) }));

const nodeList = rowsOf(data.nodes, {
  names: later("nodes", "names", (names) => names.map(([text, pinyin]) => ({ text, pinyin }))),
  mentions: later("nodes", "mentions"), figures: later("nodes", "figures", items), events: later("nodes", "events", items),
});
const edgeList = rowsOf(data.edges, {
  from() { return nodeList[this.tail].id; },
  to() { return nodeList[this.head].id; },
  qualifiers: later("edges", "qualifiers"), evidence: later("edges", "evidence", proven),
});

const groups = new Map(data.groups.map((group) => [group.id, group]));
const nodes = new Map(nodeList.map((node) => [node.id, node]));
const edges = new Map(edgeList.map((edge) => [edge.id, edge]));
const touching = nodeList.map(() => []);
for (const edge of edgeList) {
  touching[edge.tail].push(edge);
  if (edge.tail !== edge.head) touching[edge.head].push(edge);
}
const communities = data.communities;
const relationNames = new Map(data.relations.map((relation) => [relation.id, relation]));

/** The edges that touch node `id`. */
function around(id) {
  return touching[nodes.get(id).row];
}
