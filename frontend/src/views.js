// An answer as table, network, bars or time line: the buttons over it, and the drawing below them.
import "./page.css";
import { drawBars } from "./bar.js";
import { drawNetwork } from "./network.js";
import { possible, readRows } from "./rows.js";
import { drawTimeline } from "./timeline.js";
import { element, say } from "./words.js";

const DRAW = { network: drawNetwork, bar: drawBars, timeline: drawTimeline };

/** Show `answer` as its data-view says, with buttons for the other views; `chosen` is told of a change. */
export function mountViews(answer, chosen) {
  const table = answer.querySelector("table");
  if (!table || !table.tBodies[0].rows.length) return;
  const names = possible(readRows(table));
  if (names.length < 2) return;
  const scroll = table.closest(".scroll");
  const figure = element("figure", { hidden: "" });
  const buttons = new Map(names.map((name) => [name, element("button", { type: "button", "aria-pressed": "false" }, say(name))]));
  const show = (name) => {
    for (const [other, button] of buttons) button.setAttribute("aria-pressed", String(other === name));
    scroll.hidden = name !== "table";
    figure.hidden = name === "table";
    if (name !== "table") draw(figure, DRAW[name](readRows(table))); // anew: in the order in which the table was sorted
  };
  for (const [name, button] of buttons)
    button.addEventListener("click", () => {
      show(name);
      chosen(name);
    });
  scroll.before(element("div", { class: "views", role: "group", "aria-label": say("views") }, ...buttons.values()), figure);
  show(names.includes(answer.dataset.view) ? answer.dataset.view : "table");
}

function draw(figure, { title, picture, left, note }) {
  const said = [title, note, left > 0 ? say("more", left) : ""].filter(Boolean).join(" · ");
  figure.replaceChildren(picture, element("figcaption", { class: "note" }, said));
}
