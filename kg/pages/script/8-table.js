// The same edges as a plain table, for the keyboard, for screen readers and for print.
const STEP = 300; // rows at a time
let rows = STEP;

function rowOf(edge) {
  const proof = edge.evidence[0];
  const sentence = make("td", { class: "quote", lang: "zh-Hans" }, parts(proof)[1], " ", placeButton(proof));
  return make("tr", { "data-edge": edge.id, class: edge.id === state.at ? "chosen" : false },
    make("td", {}, nameButton(edge.from)), make("td", {}, make("button", { type: "button", class: "name relation", click: () => choose(edge.id, true) }, relationOf(edge))),
    make("td", {}, nameButton(edge.to)), make("td", {}, said(edge, "status")), make("td", {}, said(edge, "period")), sentence);
}

function paintTable() {
  const seen = shown().edges;
  const list = data.edges.filter((edge) => seen.has(edge.id));
  const head = ["subject", "relation", "object", "status", "period", "quote"];
  find("table").querySelector("thead tr").replaceChildren(...head.map((key) => make("th", { scope: "col" }, word(key))));
  find("table").querySelector("tbody").replaceChildren(...list.slice(0, rows).map(rowOf));
  find("rows").hidden = list.length <= rows;
  find("rows").textContent = word("show_more", { n: Math.min(STEP, list.length - rows) });
}

function startTable() {
  find("rows").addEventListener("click", () => { rows += STEP; paintTable(); });
}
