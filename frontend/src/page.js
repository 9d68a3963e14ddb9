// The SPARQL page: an editor in place of the field, answers fetched without leaving the page. Its address is always that
// of the query that was run last, so that it can be shared, reloaded and gone back from.
import { markLine, mountEditor, replaceText } from "./editor.js";
import { pastPanel, remember } from "./past.js";
import { mountViews } from "./views.js";
import { element, lang, say } from "./words.js";

const form = document.getElementById("console");
const field = document.getElementById("query");
const runButton = form.querySelector("button");
const status = element("span", { role: "status", class: "note" });
const stopButton = element("button", { type: "button", class: "quiet", hidden: "" }, say("stop"));
const shareButton = element("button", { type: "button", class: "quiet" }, say("share"));
const editor = mountEditor(field, () => form.requestSubmit());
const past = pastPanel((query, view) => take(query, view));
let view = new URLSearchParams(location.search).get("view") ?? "";
let running = null;

/** Return the address of the query in the editor; `extra` are parameters that are not shared. */
function address(extra = {}) {
  const given = new URLSearchParams(location.search).get("lang");
  const params = { query: field.value, ...(view && view !== "table" ? { view } : {}), ...(given ? { lang: given } : {}), ...extra };
  return `/sparql?${new URLSearchParams(params)}`;
}

async function run(push = true) {
  running?.abort();
  const own = (running = new AbortController());
  const began = performance.now();
  status.textContent = say("running");
  stopButton.hidden = false;
  if (push) history.pushState(null, "", address());
  const fragment = await fetchAnswer(own.signal);
  if (running !== own) return;
  running = null;
  stopButton.hidden = true;
  if (!fragment) return;
  document.getElementById("answer").replaceWith(fragment);
  const good = mountAnswer();
  status.textContent = good ? say("done", ((performance.now() - began) / 1000).toFixed(2)) : say("failed");
  if (good) {
    remember(field.value, view);
    past.draw();
  }
  keepLanguage();
}

/** Return the part of the page with the answer, or with the sentence that says why there is none; `null` when stopped. */
async function fetchAnswer(signal) {
  try {
    const answer = await fetch(address({ part: "answer", lang }), { signal, headers: { Accept: "text/html, text/plain;q=0.5" } });
    const text = await answer.text();
    if (answer.headers.get("content-type")?.startsWith("text/html")) {
      return document.adoptNode(new DOMParser().parseFromString(text, "text/html").getElementById("answer"));
    }
    return refused(text.trim());
  } catch (error) {
    if (error.name !== "AbortError") return refused(say("unreachable"));
    status.textContent = say("stopped");
    stopButton.hidden = true;
    return null;
  }
}

function refused(sentence) {
  return element("div", { id: "answer", "data-view": "table" }, element("p", { class: "fault", role: "alert" }, sentence));
}

/** Bring the answer that stands in the page to life; `false` when it is a refusal. */
function mountAnswer() {
  const answer = document.getElementById("answer");
  const fault = answer.querySelector(".fault");
  markLine(editor, Number(fault?.dataset.line), fault?.textContent);
  mountViews(answer, (chosen) => {
    view = chosen;
    history.replaceState(null, "", address());
    keepLanguage();
  });
  document.dispatchEvent(new Event("answer"));
  return !fault;
}

/** The link to the other language leads to this query. */
function keepLanguage() {
  const link = document.querySelector(".lang a");
  const params = new URLSearchParams(address().split("?")[1]);
  params.set("lang", lang === "zh" ? "en" : "zh");
  link.href = `/sparql?${params}`;
}

function take(query, wanted) {
  replaceText(editor, query);
  view = wanted ?? "";
  markLine(editor);
  keepLanguage();
  editor.focus();
  document.getElementById("main").scrollIntoView({ block: "start" });
}

async function share() {
  history.replaceState(null, "", address());
  try {
    await navigator.clipboard.writeText(location.href);
    status.textContent = say("copied");
  } catch {
    status.textContent = say("address"); // a browser that lets no page write to the clipboard
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
shareButton.addEventListener("click", share);
stopButton.addEventListener("click", () => running?.abort());
addEventListener("popstate", () => {
  const params = new URLSearchParams(location.search);
  view = params.get("view") ?? "";
  if (params.get("query")) {
    replaceText(editor, params.get("query"));
    run(false);
  }
});
for (const link of document.querySelectorAll("a.take")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const params = new URL(link.href).searchParams;
    take(params.get("query"), params.get("view"));
  });
}
editor.contentDOM.addEventListener("blur", keepLanguage);
runButton.after(" ", stopButton, " ", shareButton, " ", status);
form.querySelector("small.note").append(" ", element("span", { id: "keys" }, say("keys")));
document.querySelector(".console aside").prepend(past.panel);
mountAnswer();
document.body.dataset.ready = "";
