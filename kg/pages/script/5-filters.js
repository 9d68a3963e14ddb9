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
  if (kept) legend.querySelector(`[data-id="${kept}"]`).focus();
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

function paintFilters() {
  paintLegend();
  paintFilter("relations", "relations", data.relations, state.relations);
  paintFilter("statuses", "statuses", data.statuses, state.statuses);
  paintFilter("reports", "reports", sources, state.reports);
  find("reports").hidden = sources.length < 2;
  const concepts = data.nodes.filter((node) => node.concept).length;
  find("concepts").hidden = concepts === 0;
  find("concepts").textContent = word(state.concepts ? "concepts_hide" : "concepts_show", { n: concepts });
  find("near").textContent = word(state.near ? "everything" : "neighbours");
  find("near").disabled = !nodes.has(state.at) && !state.near;
  find("reset").textContent = word("reset");
}

function startFilters() {
  find("concepts").addEventListener("click", () => { state.concepts = !state.concepts; refresh(true); });
  find("near").addEventListener("click", () => { state.near = !state.near; refresh(true); });
  find("reset").addEventListener("click", () => { Object.assign(state, fresh(), { lang: state.lang, view: state.view }); refresh(true); });
  document.addEventListener("click", (event) => {
    for (const box of document.querySelectorAll("details.filter[open]")) if (!box.contains(event.target) && event.target.isConnected) box.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.filter[open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); } else if (document.activeElement !== find("search")) choose(null);
  });
}
