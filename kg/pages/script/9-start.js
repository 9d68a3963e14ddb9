// One road: a choice changes the state, the state is drawn, the address follows.

/** Select node or edge `id` (null: nothing). `look` brings it into view; `follow` opens the report at its passage. */
function choose(id, look = false, follow = true) {
  const traced = tracing !== null && nodes.has(id) && id !== tracing;
  state.at = traced ? tracing : id;
  state.to = traced ? id : null;
  tracing = null;
  if (id === null || traced) state.near = false;
  const moved = state.concepts;
  if (id !== null) reveal(id);
  refresh(moved !== state.concepts);
  if (follow && !traced) followSelection(); else paintReader();
  if (id !== null && (look || traced) && state.view === "map") lookAt(id);
}

/** Draw everything anew; `refit` when the places have changed. */
function refresh(refit = false) {
  document.documentElement.lang = state.lang === "zh" ? "zh-Hans" : "en";
  document.title = find("title").textContent = said(data.title, "name");
  find("view-name").textContent = said(data.view, "name");
  for (const [id, key] of [["language", "language"], ["view-map", "map"], ["view-table", "table"], ["skip", "skip"], ["made", "made"], ["dashes", "dashes"], ["nothing", "nothing"]]) find(id).textContent = word(key);
  for (const [id, key] of [["nearer", "nearer"], ["farther", "farther"], ["fit", "fit"], ["search", "search"], ["network", "canvas"], ["views", "view"]]) find(id).setAttribute("aria-label", word(key));
  find("search").placeholder = word("search");
  find("picture").hidden = state.view !== "map";
  find("listing").hidden = state.view !== "table";
  find("view-map").setAttribute("aria-pressed", String(state.view === "map"));
  find("view-table").setAttribute("aria-pressed", String(state.view === "table"));
  draw();
  paintFilters();
  paintTable();
  paintCard();
  writeAddress();
  if (refit) fit(true);
}

function show(view) {
  state.view = view;
  refresh();
  if (view === "map") network.redraw();
}

readAddress();
startMap();
startSearch();
startFilters();
startReader();
startTable();
find("language").addEventListener("click", () => { state.lang = state.lang === "zh" ? "en" : "zh"; refresh(); paintReader(); });
find("view-map").addEventListener("click", () => show("map"));
find("view-table").addEventListener("click", () => show("table"));
find("skip").addEventListener("click", (event) => { event.preventDefault(); show("table"); find("table").focus(); });
addEventListener("hashchange", () => { readAddress(); reading = 0; refresh(true); followSelection(); });
refresh(true);
followSelection();
if (state.at) lookAt(state.at);
window.network = network; // for whoever wants to script the page
document.body.dataset.ready = "true";
