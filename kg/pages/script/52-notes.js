// The notes on the picture: how much is shown, what of it is drawn, and what is left out.

function paintCounts() {
  const drawn = scene.kind === "communities" ? shown().nodes.size - scene.below : scene.nodes.length;
  const lines = scene.kind === "communities" ? shown().list.length : scene.edges.length;
  find("counts").textContent = word("counts", { n: drawn, all: nodeList.length, m: lines, every: edgeList.length });
}

/** What is drawn of a network that is not drawn as a whole, with buttons to go back and to draw more. */
function paintScene() {
  const note = find("scene"), calm = scene.kind === "whole" && (data.opens_whole || !data.placed);
  note.hidden = calm;
  find("back").hidden = ["whole", "communities"].includes(scene.kind);
  find("back").textContent = word(state.whole ? "back_whole" : "back_communities");
  const more = Math.min(scene.left, FEW, MOST_DRAWN - most());
  find("more-nodes").hidden = !(more > 0);
  find("more-nodes").textContent = word("draw_more", { n: more });
  find("scene-said").textContent = calm ? "" : sceneSaid();
}

function sceneSaid() {
  const counts = { n: scene.nodes.length, all: scene.all, left: scene.left };
  const rest = scene.left ? word(most() < MOST_DRAWN ? "left_out" : "left_out_for_good", counts) : "";
  switch (scene.kind) {
    case "whole": return word("scene_whole", counts);
    case "path": return word("scene_path", counts);
    case "focus": return word("scene_focus", { ...counts, name: said(nodes.get(state.centre), "name"), hops: state.hops }) + rest;
    case "community": return word("scene_community", { ...counts, name: communityName(state.inside, 1), measure: word(state.size) }) + rest + (scene.gates ? word("gates_out", { n: scene.gates }) : "");
    default: return word("scene_communities", { nodes: shown().nodes.size, edges: shown().list.length, k: scene.all, b: scene.bubbles.length })
      + (scene.left ? word("communities_out", { n: scene.left, nodes: scene.below }) : "") + (scene.weak ? word("ties_out", { n: scene.weak }) : "");
  }
}

function startNotes() {
  find("back").addEventListener("click", leave);
  find("more-nodes").addEventListener("click", () => { state.most += FEW; refresh(true); });
}
