// The same edges as a plain table, for the keyboard, for screen readers and for print.
const STEP = 300, PRINTED = 1000; // rows at a time on the screen, and at most on paper
let rows = STEP;

function rowOf(edge) {
  const [proof] = edge.evidence;
  const sentence = proof ? make("td", { class: "quote", lang: "zh-Hans" }, parts(proof)[1], " ", placeButton(proof)) : make("td", {}, word("no_sentence"));
  return make("tr", { "data-edge": edge.id, class: edge.id === state.at ? "chosen" : false },
    make("td", {}, nameButton(edge.from)), make("td", {}, make("button", { type: "button", class: "name relation", click: () => choose(edge.id, true) }, relationOf(edge))),
    make("td", {}, nameButton(edge.to)), make("td", {}, statusOf(edge)), make("td", {}, said(edge, "period")), sentence);
}

/** The relations that are drawn; where communities are drawn, all that pass the filters. Nothing is made while the table is hidden. */
function paintTable() {
  if (find("listing").hidden && !printing) return;
  const list = scene.kind === "communities" ? shown().list : [...scene.edges].sort((a, b) => a.row - b.row);
  const head = ["subject", "relation", "object", "status", "period", "quote"], most = printing ? PRINTED : rows;
  find("table-name").textContent = word("table_name", { n: list.length });
  find("table").querySelector("thead tr").replaceChildren(...head.map((key) => make("th", { scope: "col" }, word(key))));
  find("table").querySelector("tbody").replaceChildren(...list.slice(0, most).map(rowOf));
  find("rows").hidden = list.length <= most;
  find("rows").textContent = word(printing ? "not_printed" : "show_more", { n: printing ? list.length - most : Math.min(STEP, list.length - most) });
}

function startTable() {
  find("rows").addEventListener("click", () => { rows += STEP; paintTable(); });
}
