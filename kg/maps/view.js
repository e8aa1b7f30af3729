// The drawing: vis-network draws nodes and lines at given places, physics off; labels and column heads are ours.
const canvas = byId("canvas");
const GRID = 1000;
const NEXT = new Map(), BEFORE = new Map(); // the columns to the right and to the left of each
let home = { x: 0, y: 0, width: 1, height: 1 };
let labels = [], narrow = false;
let stretch = 1; // how much the columns are drawn out: they are zoomed in height only, so that all stay in view

// On a phone the columns before the themes move together, and the policies to the edge: themes keep room for a name.
const SQUEEZE = [[0, 0], [110, 130], [270, 270], [420, 400], [580, 530], [770, 950], [GRID, GRID]];
function squeezed(x) {
  const i = Math.max(1, SQUEEZE.findIndex(([from]) => from >= x));
  const [[a, to], [b, next]] = [SQUEEZE[i - 1], SQUEEZE[i]];
  return to + ((x - a) / (b - a)) * (next - to);
}
const isAtEdge = (node) => narrow && node.kind === "policy" && !inColumn.has("basis");
const acrossOf = (x) => (narrow ? squeezed(x) : x);

function measure() {
  const columns = state.layout === "columns";
  narrow = canvas.clientWidth < 620;
  const left = columns ? (narrow ? 26 : 60) : 60, right = columns ? 10 : 90, top = columns ? 44 : 30, bottom = 26;
  home = { x: left, y: top, width: Math.max(60, canvas.clientWidth - left - right), height: Math.max(60, canvas.clientHeight - top - bottom) };
}

function placeOf(node) {
  const [x, y] = state.layout === "columns" ? [acrossOf(node.x), node.y] : state.layout === "network" ? node.apart : node.grouped;
  return { x: home.x + (x / GRID) * home.width, y: home.y + (y / GRID) * home.height * stretch };
}

// As large as the kind says, but never so large that neighbours in a full lane touch. A column has one lane or more.
const COLUMN_OF = { result: "target", place: "theme" };
const columnOf = (node) => COLUMN_OF[node.kind] ?? node.kind;
let inColumn, inLane;
function countColumns() {
  inColumn = countBy(DATA.nodes.map((node) => ({ column: columnOf(node) })), "column");
  inLane = countBy(DATA.nodes, "x");
  const columns = [...inLane.keys()].sort((a, b) => a - b);
  for (const [near, find] of [[NEXT, (x) => columns.find((other) => other > x + 40)], [BEFORE, (x) => columns.filter((other) => other < x - 40).at(-1)]]) {
    near.clear();
    for (const x of columns) near.set(x, find(x));
  }
}
const stepInColumn = (node) => (home.height * stretch) / inColumn.get(columnOf(node));
const stepInLane = (node) => (home.height * stretch) / inLane.get(node.x);
const PLAIN = 4.5, BRIDGE = 11;
const sizeOf = (node) => ({ degree: node.size, between: 3.2 + BRIDGE * Math.sqrt(node.between), same: PLAIN })[state.measure];
const radiusOf = (node) =>
  state.layout === "columns" ? Math.min(sizeOf(node), Math.max(1.5, stepInLane(node) * 0.5)) : sizeOf(node) * 0.9;

const asNode = (node) => ({ id: node.id, shape: node.shape, ...placeOf(node), size: radiusOf(node), ...lookOf(node) });
const asEdge = (edge) => ({ id: edge.id, from: edge.from, to: edge.to, ...strokeOf(edge) });
const SMOOTH = { columns: { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.55 }, network: { enabled: false }, communities: { enabled: false } };
const MANY = 500; // nodes, above which lines are not drawn while the drawing moves
let lit = null;

measure();
countColumns();
const visNodes = new vis.DataSet(DATA.nodes.map(asNode)), visEdges = new vis.DataSet(DATA.edges.map(asEdge));
const network = new vis.Network(canvas, { nodes: visNodes, edges: visEdges }, {
  physics: { enabled: false }, layout: { improvedLayout: false }, autoResize: false,
  nodes: { font: { size: 0 } },
  edges: { arrows: { to: { enabled: false } }, selectionWidth: 0, hoverWidth: 0, smooth: SMOOTH[state.layout] },
  interaction: { hideEdgesOnDrag: DATA.nodes.length > MANY, hideEdgesOnZoom: DATA.nodes.length > MANY, selectable: false, hover: false, dragNodes: false, keyboard: false, zoomView: state.layout !== "columns", zoomSpeed: 0.7, selectConnectedEdges: false },
});

// Everything anew: the window or the layout is another one.
function drawAll() {
  measure();
  lit = litNow();
  network.setOptions({ edges: { smooth: SMOOTH[state.layout] }, interaction: { zoomView: state.layout !== "columns" } });
  visNodes.update(DATA.nodes.map(asNode));
  visEdges.update(DATA.edges.map(asEdge));
}

// Other nodes and lines than before.
function drawOthers() {
  visEdges.clear();
  visNodes.clear();
  countColumns();
  lit = litNow();
  visNodes.add(DATA.nodes.map(asNode));
  visEdges.add(DATA.edges.map(asEdge));
}

// Only colours and what is shown.
function paint() {
  lit = litNow();
  visNodes.update(DATA.nodes.map((node) => ({ id: node.id, ...lookOf(node) })));
  visEdges.update(DATA.edges.map((edge) => ({ id: edge.id, ...strokeOf(edge) })));
}

function lookOf(node) {
  const base = colour(node.kind), dim = lit && !lit.has(node.id);
  const background = dim ? faded(base, 0.16) : base;
  const border = node.id === state.selected ? colour("ink") : dim ? faded(base, 0.1) : colour("ground");
  return { hidden: !isShown(node), color: { background, border }, borderWidth: node.id === state.selected ? 2.5 : 0.6 };
}

function strokeOf(edge) {
  const on = lit && lit.has(edge.from) && lit.has(edge.to), base = colour(edge.relation);
  const width = (edge.width ?? Math.min(6, Math.sqrt(edge.weight ?? 1))) * (on ? 1.6 : 0.9);
  return { hidden: !isDrawn(edge), width, color: { color: faded(base, on ? 0.85 : lit ? 0.06 : 0.26), inherit: false } };
}

const onScreen = (node) => network.canvasToDOM(placeOf(node));
const inside = ({ x, y }) => x > -40 && y > -20 && x < canvas.clientWidth + 40 && y < canvas.clientHeight + 20;

// Leaves are named where their column leaves room for lines of text, or where attention is on them; policies, which
// have the margin to themselves, also where every other one can be.
function isNamed(node, scale) {
  if (node.id === state.hovered || node.id === state.selected) return true;
  if (lit) return lit.has(node.id);
  if (isAtEdge(node) && roomBefore(node) < NAME_BEFORE) return false;
  if (!LEAVES.has(node.kind)) return true;
  const crowd = state.layout === "columns" ? stepInColumn(node) : 6 * scale;
  return crowd >= LINE - 1 || (node.kind === "policy" && (crowd >= LINE / 2 || LINKS.get(node.id).length > 1));
}

const NAME_BEFORE = 150; // pixels that a name at the edge needs to the left, where no other column has its names
const roomBefore = (node) => ((acrossOf(node.x) - acrossOf(BEFORE.get(node.x) ?? 0)) / GRID) * home.width - 18;

function roomsFor(node, at, scale) {
  const rest = canvas.clientWidth - at.x - 18;
  if (state.layout !== "columns") return [110 + 60 * scale];
  if (isAtEdge(node)) return [lit ? Math.min(at.x - 18, 240) : Math.min(roomBefore(node), 240)];
  const next = NEXT.get(node.x);
  const column = next ? ((acrossOf(next) - acrossOf(node.x)) / GRID) * home.width - 18 : rest;
  if (node.kind === "city" || node.kind === "plan") return [Math.max(column, 54)];
  return lit?.has(node.id) || node.id === state.hovered ? [Math.min(rest, 420), column] : [column];
}

function visibleNodes() {
  const scale = network.getScale();
  return DATA.nodes.filter(isShown).map((node) => ({ node, ...onScreen(node) })).filter(inside).map((one) => ({
    ...one, radius: radiusOf(one.node) * scale, rooms: roomsFor(one.node, one, scale), wanted: isNamed(one.node, scale),
  }));
}

function columnHeads(shown) {
  const heads = [], font = `600 12px ${FONT}`;
  for (const [column, members] of columnsOf(shown)) {
    const names = members.map((kind) => inLanguage(KINDS.get(kind)));
    const boxes = [names.join(" · "), names[0]].map((text) => headBox(text, widthOf(text, font), column));
    const free = boxes.find(({ box }) => heads.every((head) => box[0] > head.box[2] + 6));
    if (free) heads.push({ id: null, font, ...free });
  }
  return heads;
}

function headBox(text, width, column) {
  const left = Math.min(Math.max(4, column - width / 2), canvas.clientWidth - width - 4);
  return { text, box: [left, 6, left + width, 6 + LINE] };
}

// Each community's name above its field: its strongest themes, and how many it has.
const communityName = ({ names }) => names.map((id) => labelOf(NODES.get(id))).join(" · ");
function communityHeads() {
  const heads = [], font = `600 13px ${FONT}`;
  for (const community of DATA.communities) {
    const [left, top, width] = community.field, corner = (x, y) => network.canvasToDOM({ x: home.x + (x / GRID) * home.width, y: home.y + (y / GRID) * home.height });
    const from = corner(left, top), room = corner(left + width, top).x - from.x - 6;
    const count = word("counted", { n: community.size }), name = fitted(communityName(community), font, room - widthOf(count, font)), text = name + count;
    if (!name) continue;
    const wide = widthOf(text, font), x = from.x + (room - wide) / 2, box = [x, from.y, x + wide, from.y + LINE + 2];
    if (heads.every((head) => apart(box, head.box))) heads.push({ id: null, text, font, box });
  }
  return heads;
}

// Where each column stands on the screen, from the left, and the kinds in it.
function columnsOf(shown) {
  const columns = new Map();
  for (const { id } of DATA.kinds) {
    const own = shown.filter(({ node }) => node.kind === id).map(({ x }) => x);
    if (!own.length) continue;
    const left = Math.min(...own), near = [...columns.keys()].find((x) => Math.abs(x - left) < 24 * network.getScale());
    columns.set(near ?? left, [...(columns.get(near) ?? []), id]);
  }
  return [...columns].sort((a, b) => a[0] - b[0]);
}

network.on("afterDrawing", (context) => {
  const shown = visibleNodes(), ratio = context.canvas.width / canvas.clientWidth;
  const columns = state.layout === "columns", heads = columns ? columnHeads(shown) : state.layout === "communities" ? communityHeads() : [];
  labels = [...heads, ...placeLabels(shown, lit, heads).filter(({ box }) => box[1] > (columns && heads.length ? 22 : 0))];
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (columns && heads.length) {
    context.fillStyle = faded(colour("ground"), 0.9);
    context.fillRect(0, 0, canvas.clientWidth, 24);
  }
  drawLabels(context, labels);
  context.restore();
});

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const gently = () => !calm.matches && { duration: 260, easingFunction: "easeInOutQuad" };
const middle = () => ({ x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 });

function showAll() {
  if (stretch !== 1) stretchTo(1, 0);
  network.moveTo({ position: middle(), scale: 1 });
}

function zoomBy(factor, at = middle().y) {
  if (state.layout === "columns") stretchTo(stretch * factor, at);
  else network.moveTo({ scale: Math.min(12, Math.max(0.4, network.getScale() * factor)), animation: gently() });
}

// Draw the columns out, or together, so that what is at that height of the canvas stays there.
function stretchTo(wanted, at) {
  const before = stretch, top = network.getViewPosition().y - middle().y;
  stretch = Math.min(16, Math.max(1, wanted));
  visNodes.update(DATA.nodes.map((node) => ({ id: node.id, ...placeOf(node), size: radiusOf(node) })));
  const under = home.y + ((top + at - home.y) * stretch) / before;
  scrollTo(under - at + middle().y);
}

// Columns move up and down only, and never out of sight.
function scrollTo(y, animation = false) {
  const { x, y: least } = middle();
  network.moveTo({ position: { x, y: Math.max(least, Math.min(least + home.height * (stretch - 1), y)) }, scale: 1, animation });
}

function bringIntoView(node) {
  const at = onScreen(node);
  if (at.x > 20 && at.y > 30 && at.x < canvas.clientWidth - 20 && at.y < canvas.clientHeight - 20) return;
  if (state.layout === "columns") scrollTo(placeOf(node).y, gently());
  else network.moveTo({ position: placeOf(node), animation: gently() });
}

// The nearest shown node: marks are small, fingers are not.
function nearest(x, y, reach) {
  let best = null, least = reach;
  for (const { node, x: left, y: top, radius } of visibleNodes()) {
    const distance = Math.max(0, Math.hypot(left - x, top - y) - radius);
    if (distance < least && (!lit || lit.has(node.id) || distance < 3)) [best, least] = [node, distance];
  }
  return best;
}

// The canvas has another size: draw anew, and keep in the middle what was there.
const sizeNow = () => `${canvas.clientWidth}×${canvas.clientHeight}`;
let size = sizeNow();
function refit() {
  if (size === sizeNow()) return;
  size = sizeNow();
  const { x, y } = network.getViewPosition(), scale = network.getScale(), former = home;
  network.setSize("100%", "100%");
  network.redraw();
  drawAll();
  const kept = {
    x: home.x + ((x - former.x) / former.width) * home.width,
    y: home.y + ((y - former.y) / former.height) * home.height,
  };
  if (scale === 1 && stretch === 1) showAll();
  else if (state.layout === "columns") scrollTo(kept.y);
  else network.moveTo({ position: kept, scale });
}
