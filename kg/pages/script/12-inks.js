// Colours and signs: of the groups of nodes, of communities, of paper and ink, each on light and dark paper.
const dusk = matchMedia("(prefers-color-scheme: dark)");
const inks = {};
let printing = false; // paper is white whatever the screen is

function isDark() {
  return dusk.matches && !printing;
}

function readInks() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["paper", "ink", "soft", "faint", "line", "accent", "sans"]) inks[name] = style.getPropertyValue(`--${name}`).trim();
}

/** The colour of `group` on light or dark paper. */
function inkOf(group) {
  return isDark() ? group.dark : group.color;
}

// The largest communities have colours of their own, the others share one.
const COMMUNITY_INKS = [
  ["#3b6fa0", "#7fb0de"], ["#c4622d", "#f0996a"], ["#3f8f6b", "#6cc79c"], ["#8a5a9e", "#c197d6"], ["#b8922a", "#e2bf60"], ["#a8475f", "#e58aa0"],
  ["#4a8f98", "#7cc5cf"], ["#7a7440", "#b9b275"], ["#5b62a8", "#9aa1e6"], ["#95684a", "#cfa083"], ["#5f8a3a", "#9cc973"], ["#9a5d86", "#d79ac3"],
];
const OTHER_INK = ["#8b8f8c", "#8b9094"];

function communityInk(number) {
  return (COMMUNITY_INKS[number] ?? OTHER_INK)[isDark() ? 1 : 0];
}

// The shapes of vis-network in a square of 14.
const FORMS = {
  dot: "M7 1.5a5.5 5.5 0 1 0 .01 0Z", square: "M2 2H12V12H2Z", triangle: "M7 1.5 13 12H1Z", triangleDown: "M1 2H13L7 12.5Z",
  diamond: "M7 .8 13.2 7 7 13.2 .8 7Z", hexagon: "M4 1.8H10L13 7 10 12.2H4L1 7Z", star: "M7 .6 8.9 5 13.6 5.3 10 8.4 11.2 13 7 10.5 2.8 13 4 8.4 .4 5.3 5.1 5Z",
};

/** `text` without what XML cannot hold. */
function inXml(text) {
  return String(text).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
}

/** An element of a drawing; text is text, never markup. */
function makeSvg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, inXml(value));
  element.append(...children.map((child) => (child instanceof Node ? child : inXml(child))));
  return element;
}

/** A shape as a small drawing for legend and card. */
function form(shape, ink) {
  return makeSvg("svg", { class: "sign", viewBox: "0 0 14 14", "aria-hidden": "true" }, makeSvg("path", { d: FORMS[shape], fill: ink }));
}

/** The sign of group `group`; its colour says nothing where colours tell communities. */
function sign(group) {
  return form(group.shape, state.colour === "community" ? inks.soft : inkOf(group));
}
