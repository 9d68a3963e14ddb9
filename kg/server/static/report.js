"use strict";
// The end of the address, #start-end, names characters of the text: show them and scroll there.
const pieces = [...document.querySelectorAll("#text [data-start]")];
function show() {
  const named = /^#(\d+)-(\d+)$/.exec(location.hash);
  const [start, end] = named ? [Number(named[1]), Number(named[2])] : [0, 0];
  const hits = pieces.filter((piece) => {
    const hit = Number(piece.dataset.start) < end && Number(piece.dataset.end) > start;
    piece.classList.toggle("hit", hit);
    return hit;
  });
  hits[0]?.scrollIntoView({ block: "center" });
}
addEventListener("hashchange", show);
show();
