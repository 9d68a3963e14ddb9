// The queries that were run, kept in this browser, the last one first.
import { element, lang, say } from "./words.js";

const KEY = "kg-sparql-history";
const MOST = 50;

function readPast() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one?.query === "string") : [];
  } catch {
    return []; // a browser that keeps nothing, or something else under this name
  }
}

function write(past) {
  try {
    localStorage.setItem(KEY, JSON.stringify(past));
  } catch {
    // full or forbidden: the page works without a past
  }
}

export function remember(query, view) {
  write([{ query, view, at: Date.now() }, ...readPast().filter((one) => one.query !== query)].slice(0, MOST));
}

/** Return the list with its button; `take` is called with a query that is chosen. */
export function pastPanel(take) {
  const list = element("ul", { class: "past" });
  const clear = element("button", { type: "button", class: "quiet" }, say("clear"));
  const panel = element("details", { id: "past" }, element("summary", {}, say("history")), element("p", { class: "note" }, say("kept"), " ", clear), list);
  const draw = () => {
    const past = readPast();
    list.replaceChildren(...past.map((one) => entry(one, take)));
    panel.hidden = past.length === 0;
  };
  clear.addEventListener("click", () => {
    write([]);
    draw();
  });
  draw();
  return { panel, draw };
}

function entry({ query, view, at }, take) {
  const line = query.split("\n").map((text) => text.replace(/^#\+?\s*/, "").trim()).find((text) => text && !/^PREFIX\b/i.test(text)) ?? "SPARQL";
  const button = element("button", { type: "button", class: "quiet", title: query.slice(0, 400) }, line);
  button.addEventListener("click", () => take(query, view));
  const when = new Date(at).toLocaleString(lang === "zh" ? "zh-CN" : "en-GB", { dateStyle: "short", timeStyle: "short" });
  return element("li", {}, button, element("small", {}, when));
}
