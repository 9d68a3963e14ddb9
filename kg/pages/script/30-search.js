// Search by full name, short name, English, pinyin and initials (wzsd, wenzhou, wenz, lxk all work).

/** Do the letters `typed` spell the syllables from number `i` on, each written out, begun, or by its initial? */
function spells(typed, syllables, i) {
  if (!typed) return true;
  if (i >= syllables.length) return false;
  for (const reading of syllables[i]) {
    if (reading.startsWith(typed)) return true;
    if (typed.startsWith(reading) && spells(typed.slice(reading.length), syllables, i + 1)) return true;
    if (typed[0] === reading[0] && spells(typed.slice(1), syllables, i + 1)) return true;
  }
  return false;
}

/** How well `typed` matches a name: smaller is better, Infinity is not at all. */
function closeness(typed, name) {
  const plain = name.text.toLowerCase();
  if (plain === typed) return 0;
  if (plain.startsWith(typed)) return 1;
  if (plain.includes(typed)) return 2;
  const letters = typed.replace(/[^a-z0-9]/g, "");
  if (!letters || letters.length !== typed.replace(/[\s'’]/g, "").length) return Infinity;
  name.syllables ??= name.pinyin.split(" ").map((readings) => readings.split("/"));
  if (spells(letters, name.syllables, 0)) return 3;
  if (letters.length < 2) return Infinity;
  return name.syllables.some((_, i) => i > 0 && spells(letters, name.syllables, i)) ? 4 : Infinity;
}

/** Return up to `most` nodes whose names match, the best first: {node, by} with the name that matched. */
function lookUp(typed, most = 12) {
  const asked = typed.trim().toLowerCase();
  if (!asked) return [];
  const hits = [];
  for (const node of nodeList) {
    let best = Infinity, by = null;
    node.names.forEach((name, i) => {
      const far = closeness(asked, name) + (i ? 0.4 : 0);
      if (far < best) [best, by] = [far, name];
    });
    if (best < Infinity) hits.push({ node, by: by.text, best: best + (node.concept ? 0.3 : 0) });
  }
  hits.sort((a, b) => a.best - b.best || around(b.node.id).length - around(a.node.id).length || a.node.row - b.node.row);
  return hits.slice(0, most);
}

let hits = [], marked = -1;

function showHits() {
  const list = find("found"), field = find("search"), seen = shown().nodes;
  hits = lookUp(field.value);
  marked = hits.length ? 0 : -1;
  list.replaceChildren(...hits.map(({ node, by }, i) => make("li", { role: "option", id: `hit-${i}`, "aria-selected": String(i === 0), mousedown: (event) => { event.preventDefault(); take(i); } },
    sign(groups.get(node.kind)), make("span", {}, said(node, "name")), by !== said(node, "name") ? make("small", {}, by) : null,
    seen.has(node.id) ? null : make("small", {}, word("hidden_now")))));
  if (field.value.trim() && !hits.length) list.append(make("li", { role: "option", "aria-disabled": "true" }, word("no_match", { q: field.value.trim() })));
  list.hidden = !field.value.trim();
  find("found-said").textContent = list.hidden ? "" : hits.length ? word("hits", { n: hits.length }) : word("no_match", { q: field.value.trim() });
  field.setAttribute("aria-expanded", String(!list.hidden));
  mark(marked);
}

function mark(i) {
  marked = i;
  hits.forEach((_, k) => find(`hit-${k}`).setAttribute("aria-selected", String(k === i)));
  if (i >= 0) {
    find("search").setAttribute("aria-activedescendant", `hit-${i}`);
    find(`hit-${i}`).scrollIntoView({ block: "nearest" });
  } else find("search").removeAttribute("aria-activedescendant");
}

function take(i) {
  if (!hits[i]) return;
  find("found").hidden = true;
  find("search").setAttribute("aria-expanded", "false");
  choose(hits[i].node.id, true);
}

function startSearch() {
  const field = find("search");
  field.addEventListener("input", showHits);
  field.addEventListener("focus", () => field.value && showHits());
  field.addEventListener("blur", () => { find("found").hidden = true; });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (hits.length) mark((marked + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length);
    } else if (event.key === "Enter") take(marked);
    else if (event.key === "Escape") { field.value = ""; showHits(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); field.focus(); }
  });
}
