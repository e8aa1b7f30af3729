// Labels never overlap: they are placed one by one, the most important first, and left out where there is no room.
const FONT = '"Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif';
const LEAVES = new Set(["item", "target", "result", "policy", "basis", "place", "thing"]);
const LINE = 14, SMALL = 12.5;
const RANK = { city: 5, plan: 4, section: 3.5, theme: 3, place: 2.5, policy: 2, basis: 2, item: 1, thing: 1, target: 0, result: 0 };
const pen = document.createElement("canvas").getContext("2d");
const widths = new Map();

const fontOf = (node) => `${node.kind === "city" || node.id === state.selected ? "600 " : ""}${node.kind === "city" ? 14 : SMALL}px ${FONT}`;
function widthOf(text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    pen.font = font;
    widths.set(key, pen.measureText(text).width);
  }
  return widths.get(key);
}

function fitted(text, font, room) {
  if (widthOf(text, font) <= room) return text;
  const points = [...text];
  let low = 0, high = points.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    widthOf(points.slice(0, middle).join("") + "…", font) <= room ? (low = middle) : (high = middle - 1);
  }
  return low < 2 ? "" : points.slice(0, low).join("") + "…";
}

const importance = (node, lit) =>
  (node.id === state.selected ? 1000 : 0) + (node.id === state.hovered ? 500 : 0) + (lit?.has(node.id) ? 100 : 0) + RANK[node.kind] * 10 +
  Math.min(9, LINKS.get(node.id).length / 4);

// One label's possible boxes, best first: [left, top].
function spots(at, radius, width) {
  const right = [at.x + radius + 4, at.y - LINE / 2], below = [at.x - width / 2, at.y + radius + 2];
  const above = [at.x - width / 2, at.y - radius - LINE - 2], left = [at.x - radius - 4 - width, at.y - LINE / 2];
  if (state.layout !== "columns") return [right, below, above, left];
  if (isAtEdge(at.node)) return [left, above];
  if (at.node.kind !== "city" && at.node.kind !== "plan") return [right];
  return stepInColumn(at.node) > 3 * LINE ? [below, above, right] : [right, below, above];
}

// `shown` nodes with their place on the screen: {node, x, y, radius, rooms, wanted}; `rooms` are widths to try.
function placeLabels(shown, lit, heads) {
  const taken = heads.map(({ box }) => box);
  taken.push(...shown.filter(({ node }) => !LEAVES.has(node.kind) && (!lit || lit.has(node.id))).map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]));
  const placed = [];
  const ordered = shown.filter((one) => one.wanted).sort((a, b) => importance(b.node, lit) - importance(a.node, lit) || a.y - b.y);
  for (const one of ordered) {
    const label = one.rooms.map((room) => freeLabel(one, room, taken)).find(Boolean);
    if (!label) continue;
    taken.push(label.box);
    placed.push(label);
  }
  return placed;
}

function freeLabel(one, room, taken) {
  const font = fontOf(one.node), text = fitted(labelOf(one.node) + openingSign(one.node.id), font, room);
  if (!text) return null;
  const width = widthOf(text, font);
  const boxes = spots(one, one.radius, width).map(([left, top]) => [left, top, left + width, top + LINE]);
  const box = boxes.find((free) => isOnCanvas(free) && taken.every((other) => apart(free, other)));
  return box ? { id: one.node.id, text, font, box } : null;
}

// City names stand centred below marks at the very edge, and may reach a little over it.
const isOnCanvas = ([left, , right]) => left >= (state.layout === "columns" ? -8 : 0) && right <= canvas.clientWidth;
const apart = (a, b) => a[2] + 3 <= b[0] || b[2] + 3 <= a[0] || a[3] <= b[1] || b[3] <= a[1];

function drawLabels(context, placed) {
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = colour("ground");
  context.fillStyle = colour("ink");
  for (const { text, font, box } of placed) {
    context.font = font;
    context.strokeText(text, box[0], (box[1] + box[3]) / 2);
    context.fillText(text, box[0], (box[1] + box[3]) / 2);
  }
}
