// What is lit: the neighbourhood of the selected node, or the shortest path to it from another.
function nearby(id, hops) {
  const lit = new Set([id]);
  for (let hop = 0, edge = [id]; hop < hops; hop++) {
    edge = edge.flatMap((one) => openLinks(one).map((link) => link.other)).filter((other) => !lit.has(other) && lit.add(other));
  }
  return lit;
}

// The nodes of a shortest path over what is shown, both ends with it; null where there is none.
function pathBetween(from, to) {
  const before = new Map([[from, null]]);
  for (const at of before.keys()) {
    if (at === to) break;
    for (const { other } of openLinks(at)) if (!before.has(other)) before.set(other, at);
  }
  if (!before.has(to)) return null;
  const path = [];
  for (let at = to; at !== null; at = before.get(at)) path.unshift(at);
  return path;
}

function litNow() {
  if (!state.selected) return null;
  if (state.from) return new Set(pathBetween(state.from, state.selected) ?? [state.from, state.selected]);
  const around = aroundOf(state.selected);
  return state.hops > 1 ? new Set([...around, ...nearby(state.selected, state.hops)]) : around;
}

function reachTo(hops) {
  [state.hops, state.from] = [hops, null];
  panelAgain(`[data-hops="${hops}"]`);
}

function startPath() {
  state.from = state.from ? null : state.selected;
  panelAgain(".path-button");
}

// The panel is made anew; the keyboard stays where it was.
function panelAgain(focused) {
  const inPanel = panel.contains(document.activeElement);
  paint();
  fillPanel();
  if (inPanel) panel.querySelector(focused)?.focus();
  remember();
}

function reachChoice() {
  const one = (hops) => element("button", { "aria-pressed": !state.from && state.hops === hops, "aria-label": word("hops_label", { n: hops }), "data-hops": hops, onclick: () => reachTo(hops) }, word("hops", { n: hops }));
  const path = element("button", { className: "path-button", "aria-pressed": Boolean(state.from), onclick: startPath }, word(state.from ? "path_end" : "path_from"));
  return element("div", { className: "reach" }, element("div", { className: "choice", role: "group", "aria-label": word("around") }, ...[1, 2, 3].map(one)), path);
}

function pathList() {
  if (!state.from) return [];
  if (state.from === state.selected) return [element("p", { className: "rest", role: "status" }, word("path_hint"))];
  const path = pathBetween(state.from, state.selected);
  if (!path) return [element("p", { className: "rest", role: "status" }, word("path_none", { from: fullName(NODES.get(state.from)) }))];
  const heading = element("h3", {}, word("path_found", { n: path.length - 1, from: fullName(NODES.get(state.from)) }));
  return [heading, element("ol", { className: "path" }, ...path.map((id, i) => element("li", {}, pathStep(id, path[i - 1])))), ...unfoldButton(path)];
}

// Those on a path whose line to the next or the one before stands for what is folded into them.
const foldedAlong = (path) => path.filter((id, i) => canOpen(id) && !state.open.has(id)
  && openLinks(id).some(({ other, edge, out }) => out && edge.weight && (other === path[i - 1] || other === path[i + 1])));

function unfoldButton(path) {
  const n = foldedAlong(path).length;
  return n ? [element("button", { className: "path-button unfold", onclick: unfoldPath }, word("path_unfold"))] : [];
}

// Open what the path leads through, until it leads through things of the texts alone.
const unfoldPath = () => inTurn(async () => {
  for (let path; (path = pathBetween(state.from, state.selected)) && foldedAlong(path).length;) await openOnly([...state.open, ...foldedAlong(path)]);
  panelAgain(".path .near");
});

function pathStep(id, before) {
  const node = NODES.get(id), link = before && openLinks(before).find(({ other }) => other === id), relation = link && RELATIONS.get(link.edge.relation);
  const name = relation && (link.out ? relation[state.lang] : relation[`back_${state.lang}`]);
  const go = () => { state.from = null; select(id, { follow: true }); };
  return element("button", { className: "near", onclick: go },
    glyph(node.kind), element("span", {}, node.kind === "plan" ? planName(id) : labelOf(node)), name ? element("small", {}, name) : null);
}
