// Small pieces of SVG. Colours come from the style sheet, texts are text nodes.
const SVG = "http://www.w3.org/2000/svg";

export function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Return an SVG of this size that shrinks with the page and says in one sentence what it shows. */
export function canvas(width, height, label) {
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label, class: "drawing" });
}

/** Return `child` inside a link where the cell has one; links of SVG are in the order of the Tab key like any other. */
export function linked(cell, child) {
  return cell.href ? svg("a", { href: cell.href, "aria-label": cell.text || cell.href }, child) : child;
}

/** Cut a label to about `width` characters of Latin; a Chinese character is as wide as two. */
export function cut(text, width) {
  let room = width;
  let kept = "";
  for (const sign of text) {
    room -= /[\u2e80-\uffee]/.test(sign) ? 2 : 1;
    if (room < 0) return `${kept}…`;
    kept += sign;
  }
  return text;
}
