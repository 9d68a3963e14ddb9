// Mouse and keys on the drawing: what is hovered, pressed, brought nearer.

/** Name the line that is pointed at. */
function hover(id) {
  const before = hovered;
  hovered = id;
  for (const touched of [before, id].filter((e) => e !== null && edgeSet.get(e))) {
    const tie = scene.ties.findIndex((t) => t.id === touched);
    edgeSet.update(tie < 0 ? edgeLook(edges.get(touched)) : tieLook(scene.ties[tie], tie));
  }
}

/** Choose what was clicked: a node, a relation, a community to unfold, or the relations between two communities. */
function press({ nodes: [node], edges: [edge] }) {
  const bubble = scene.things.get(node), tie = scene.ties.find((t) => t.id === edge);
  if (bubble && bubble.number !== undefined) enter(bubble.number);
  else if (node === undefined && tie) compare([tie.a, tie.b]);
  else choose(node ?? edge ?? null);
}

/** Start vis-network with the first drawing. */
function startNetwork() {
  network = new vis.Network(find("network"), { nodes: nodeSet, edges: edgeSet }, data.options);
  network.on("click", press);
  network.on("zoom", resize);
  network.on("animationFinished", resize);
  network.on("hoverEdge", (event) => hover(event.edge));
  network.on("blurEdge", () => hover(null));
  network.on("hoverNode", () => { find("network").style.cursor = "pointer"; });
  network.on("blurNode", () => { find("network").style.cursor = ""; });
  find("network").querySelector("[tabindex]").tabIndex = 0; // vis-network would put itself before everything else
}

function startMap() {
  readInks();
  find("nearer").addEventListener("click", () => network.moveTo({ scale: network.getScale() * 1.3, animation: glide() }));
  find("farther").addEventListener("click", () => network.moveTo({ scale: network.getScale() / 1.3, animation: glide() }));
  find("fit").addEventListener("click", () => fit());
  dusk.addEventListener("change", () => { readInks(); refresh(); });
}
