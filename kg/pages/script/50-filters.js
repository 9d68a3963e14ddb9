// Legend and filters: what is switched off stays counted.

/** Flip `id` in the set of what is off, then redraw everything. */
function flip(off, id) {
  if (!off.delete(id)) off.add(id);
  refresh();
}

function paintLegend() {
  const legend = find("legend");
  legend.setAttribute("aria-label", word("types"));
  const kept = legend.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  legend.replaceChildren(...data.groups.filter((group) => group.count).map((group) => {
    const on = !state.types.has(group.id) && (state.concepts || !group.concept);
    return make("button", { type: "button", "data-id": group.id, "aria-pressed": String(on), click: () => {
      if (group.concept && !state.concepts) { state.concepts = true; state.types.delete(group.id); refresh(true); } else flip(state.types, group.id);
    } }, sign(group), said(group, "name"), make("small", {}, String(group.count)));
  }));
  if (kept) [...legend.children].find((button) => button.dataset.id === kept)?.focus();
}

/** The communities that are drawn, each with its colour; a press unfolds one. */
function paintCommunities() {
  const key = find("communities"), drawn = keyedCommunities();
  key.hidden = drawn.length === 0;
  key.setAttribute("aria-label", word("communities_key"));
  key.replaceChildren(...drawn.map((number) => make("button", { type: "button", "data-community": String(number), click: () => enter(number) },
    form("dot", communityInk(number)), communityName(number, 1))));
}

/** The numbers of the communities whose colours are on the picture and that have a colour of their own. */
function keyedCommunities() {
  if (state.colour !== "community" && !scene.bubbles.length) return [];
  const seen = new Set([...scene.bubbles.map((bubble) => bubble.number), ...(state.colour === "community" ? scene.nodes.map((id) => nodes.get(id).community) : [])]);
  return [...seen].filter((number) => number < COMMUNITY_INKS.length).sort((a, b) => a - b);
}

function paintFilter(id, key, items, off) {
  const box = find(id);
  box.dataset.some = String(off.size > 0);
  box.querySelector("summary").textContent = off.size ? `${word(key)} ${items.length - off.size}/${items.length}` : `${word(key)} ${items.length}`;
  const kept = box.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  const all = make("button", { type: "button", "data-id": "+", click: () => { off.clear(); refresh(); } }, word("every"));
  const none = make("button", { type: "button", "data-id": "-", click: () => { items.forEach((item) => off.add(item.id)); refresh(); } }, word("none"));
  box.querySelector(".choices").replaceChildren(make("div", { class: "line" }, all, none), ...items.map((item) =>
    make("label", {}, make("input", { type: "checkbox", "data-id": item.id, checked: !off.has(item.id), change: () => flip(off, item.id) }), said(item, "name"), make("small", {}, String(item.count)))));
  if (kept) [...box.querySelectorAll("[data-id]")].find((element) => element.dataset.id === kept)?.focus();
}

const undated = edgeList.filter((edge) => !edge.since && !edge.until).length;

/** From, until, and as of a day; undated relations can be left out, with their number. */
function paintTimes() {
  const box = find("times"), some = state.since || state.until || state.day;
  box.hidden = undated === edgeList.length;
  box.dataset.some = String(Boolean(some) || !state.undated);
  const span = state.since || state.until ? ` ${state.since}–${state.until}` : "", day = state.day ? ` ${word("time_day")} ${state.day}` : "";
  box.querySelector("summary").textContent = word("times") + span + day;
  if (!box.querySelector("input")) {
    const fields = ["since", "until", "day"].map((name) => make("label", {}, make("span", {}), make("input", { id: `time-${name}`, "data-time": name, inputmode: "numeric", maxlength: "10", size: "10", placeholder: "2020-05", "aria-describedby": "time-hint", input: () => takeTime(name) })));
    const tick = make("input", { type: "checkbox", id: "time-undated", change: (event) => { state.undated = event.target.checked; refresh(); } });
    box.querySelector(".choices").replaceChildren(...fields, make("label", {}, tick, make("span", {})), make("p", { id: "time-hint", role: "status" }));
  }
  for (const input of box.querySelectorAll("[data-time]")) {
    input.previousSibling.textContent = word({ since: "time_since", until: "time_until", day: "time_day" }[input.dataset.time]);
    if (document.activeElement !== input) input.value = state[input.dataset.time];
    input.setAttribute("aria-invalid", String(Boolean(input.value) && !isDate(input.value)));
  }
  find("time-undated").checked = state.undated;
  find("time-undated").nextSibling.textContent = word("time_undated", { n: undated });
  find("time-hint").textContent = word(box.querySelector('[aria-invalid="true"]') ? "time_wrong" : "time_hint");
}

/** Take a date as it is typed; what is no date yet filters nothing. */
function takeTime(name) {
  const typed = find(`time-${name}`).value.trim();
  state[name] = isDate(typed) ? typed : "";
  refresh();
}

/** A field in which one of `values` is chosen. */
function paintChoice(id, label, values, chosen) {
  const select = find(id);
  select.setAttribute("aria-label", word(label));
  select.replaceChildren(...values.map(([value, text]) => make("option", { value, selected: value === chosen }, text)));
  select.value = chosen;
}

function paintLooks() {
  find("looks").querySelector("summary").textContent = word("looks");
  find("size-name").textContent = word("size");
  find("colour-name").textContent = word("colour");
  find("looks-hint").textContent = word({ degree: "about_degree", betweenness: "about_betweenness", pagerank: "about_pagerank" }[state.size]);
  paintChoice("size", "size", MEASURES.map((name) => [name, word(name)]), state.size);
  paintChoice("colour", "colour", COLOURS.map((name) => [name, word(name === "type" ? "by_type" : "by_community")]), state.colour);
  find("scope").hidden = data.opens_whole && communities.length < 2;
  const scopes = [["communities", word("scope_communities", { n: communities.length })], ...(data.placed ? [["whole", word("scope_whole", { n: nodeList.length })]] : [])];
  paintChoice("scope", "scope", scopes, state.whole ? "whole" : "communities");
  const hops = [["0", word("hops_all")], ...Array.from({ length: MOST_HOPS }, (_, i) => [String(i + 1), word("hops", { n: i + 1 })])];
  paintChoice("hops", "hops_label", hops, String(state.hops));
  find("hops").disabled = !nodes.has(state.at) && !state.centre;
}

function paintFilters() {
  paintLegend();
  paintCommunities();
  paintFilter("relations", "relations", data.relations, state.relations);
  paintFilter("statuses", "statuses", data.statuses, state.statuses);
  paintFilter("reports", "reports", sources, state.reports);
  find("reports").hidden = sources.length < 2;
  paintTimes();
  paintLooks();
  const concepts = nodeList.filter((node) => node.concept).length, inferred = edgeList.filter((edge) => edge.inferred).length;
  find("concepts").hidden = concepts === 0;
  find("concepts").textContent = word(state.concepts ? "concepts_hide" : "concepts_show", { n: concepts });
  find("inferred").hidden = inferred === 0;
  find("inferred").textContent = word("inferred", { n: inferred });
  find("inferred").setAttribute("aria-pressed", String(state.inferred));
  find("reset").textContent = word("reset");
}

function startFilters() {
  find("concepts").addEventListener("click", () => { state.concepts = !state.concepts; refresh(true); });
  find("inferred").addEventListener("click", () => { state.inferred = !state.inferred; refresh(); });
  find("size").addEventListener("change", (event) => { state.size = event.target.value; refresh(); });
  find("colour").addEventListener("change", (event) => { state.colour = event.target.value; refresh(); });
  find("scope").addEventListener("change", (event) => { state.whole = event.target.value === "whole"; leave(); });
  find("hops").addEventListener("change", (event) => focusOn(nodes.has(state.at) ? state.at : state.centre, Number(event.target.value)));
  find("reset").addEventListener("click", () => { Object.assign(state, fresh(), { lang: state.lang, view: state.view }); refresh(true); });
  const boxes = [...document.querySelectorAll("details.filter")];
  for (const box of boxes) box.addEventListener("toggle", () => { if (box.open) for (const other of boxes) if (other !== box) other.open = false; });
  document.addEventListener("click", (event) => {
    for (const box of document.querySelectorAll("details.filter[open]")) if (!box.contains(event.target) && event.target.isConnected) box.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.filter[open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); } else if (document.activeElement !== find("search")) choose(null);
  });
}
