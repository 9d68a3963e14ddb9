// One road: a choice changes the state, the state is drawn, the address follows.

/** Select node or edge `id` (null: nothing). `look` brings it into view; `follow` opens the report at its passage. */
function choose(id, look = false, follow = true) {
  const traced = tracing !== null && nodes.has(id) && id !== tracing;
  state.at = traced ? tracing : id;
  state.to = traced ? id : null;
  state.between = null;
  tracing = null;
  const concepts = state.concepts;
  if (id !== null) reveal(id);
  const unfolded = traced ? Boolean(state.centre) : id !== null && !inScene(id);
  if (traced) Object.assign(state, { centre: null, hops: 0 });
  else if (unfolded) unfoldAround(id);
  refresh(unfolded || concepts !== state.concepts);
  if (follow && !traced) followSelection(); else paintReader();
  if (id !== null && (look || traced) && state.view === "map") lookAt(id);
}

/** What is chosen but not drawn is drawn with its neighbours; a view drawn as a whole goes back to the whole. */
function unfoldAround(id) {
  if (data.opens_whole) Object.assign(state, { centre: null, hops: 0, inside: null });
  else Object.assign(state, { centre: nodes.has(id) ? id : edges.get(id).from, hops: 1, most: 0 });
}

const TEXTS = { language: "language", "view-map": "map", "view-table": "table", skip: "skip", made: "made", dashes: "dashes", nothing: "nothing", "save-svg": "save_svg", "save-png": "save_png", print: "print", "saves-name": "saves" };
const NAMES = { nearer: "nearer", farther: "farther", fit: "fit", search: "search", network: "canvas", views: "view", picture: "map", card: "card", reader: "text", found: "found" };

/** Draw everything anew; `refit` when the places have changed. */
function refresh(refit = false) {
  kept = null;
  document.documentElement.lang = state.lang === "zh" ? "zh-Hans" : "en";
  find("found-said").textContent = "";
  document.title = find("title").textContent = said(data.title, "name");
  find("view-name").textContent = said(data.view, "name");
  for (const [id, key] of Object.entries(TEXTS)) find(id).textContent = word(key);
  for (const [id, key] of Object.entries(NAMES)) find(id).setAttribute("aria-label", word(key));
  find("search").placeholder = word("search");
  find("picture").hidden = state.view !== "map";
  find("listing").hidden = state.view !== "table";
  find("view-map").setAttribute("aria-pressed", String(state.view === "map"));
  find("view-table").setAttribute("aria-pressed", String(state.view === "table"));
  settle();
  paintCounts();
  paintScene();
  paintFilters();
  draw(refit); // after the notes and the legend, which leave it less room or more
  paintTable();
  paintCard();
  writeAddress();
}

function show(view) {
  state.view = view;
  refresh(view === "map");
}

readAddress();
startMap();
startSearch();
startFilters();
startNotes();
startPicture();
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
