// What was folded into a node lies packed in the page. Opened, it stands around the node, whose own lines it replaces.
const BASE = { nodes: [...DATA.nodes], edges: [...DATA.edges] };
const unpacked = new Map(), hasFolded = PARTS.size > 0 && "DecompressionStream" in window;
const canOpen = (id) => hasFolded && PARTS.has(id);
const openingSign = (id) => (canOpen(id) ? (state.open.has(id) ? " －" : " ＋") : "");

async function unpack(id) {
  const letters = atob(PARTS.get(id)), bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const part = JSON.parse(await new Response(stream).text()), before = DATA.sentences.length;
  DATA.sentences.push(...part.sentences);
  for (const node of part.nodes) node.src = node.src?.map(([number, ...place]) => [before + number, ...place]);
  unpacked.set(id, part);
}

// The map with just these nodes open, in this order: what holds others comes before them.
async function openOnly(ids) {
  await Promise.all(ids.filter((id) => canOpen(id) && !unpacked.has(id)).map(unpack));
  state.open = new Set();
  const nodes = new Map(BASE.nodes.map((node) => [node.id, node]));
  let edges = BASE.edges;
  for (const id of ids) {
    if (!nodes.has(id) || !unpacked.has(id)) continue;
    state.open.add(id);
    const part = unpacked.get(id), fresh = part.nodes.filter((node) => !nodes.has(node.id));
    for (const node of fresh) nodes.set(node.id, { ...node, between: 0, community: nodes.get(id).community, holder: id });
    around(nodes.get(id), fresh.map((node) => nodes.get(node.id)));
    edges = [...edges.filter((edge) => edge.from !== id), ...part.edges.map((edge) => ({ ...edge }))];
  }
  DATA.nodes.splice(0, Infinity, ...nodes.values());
  DATA.edges.splice(0, Infinity, ...edges);
  index();
  spread();
  if (!NODES.has(state.selected)) state.selected = null;
  if (!NODES.has(state.from)) state.from = null;
  drawOthers();
  fillLegend();
  if (!tableBox.hidden) fillTable();
}

// Unpacking takes a moment: what is asked for meanwhile waits, and sees what is open by then.
let turn = Promise.resolve();
function inTurn(act) {
  turn = turn.catch(() => {}).then(act);
  return turn;
}

// Around their holder as the seeds of a sunflower, for the layouts that are no columns.
const TURN = Math.PI * (3 - Math.sqrt(5)), SEED = 9;
function around(holder, members) {
  members.forEach((node, i) => {
    const reach = 2 * SEED + SEED * Math.sqrt(i), [x, y] = [reach * Math.cos(i * TURN), reach * Math.sin(i * TURN)];
    for (const layout of ["apart", "grouped"]) node[layout] = [holder[layout][0] + x, holder[layout][1] + y].map((at) => Math.min(GRID, Math.max(0, at)));
  });
}

// In columns: as near to the height of their holder as the others in their column leave room; beside a column that is
// there already, in a lane of their own.
const LANE = 22, STEP = 22;
function spread() {
  const lanes = new Map(), held = DATA.nodes.filter((node) => node.holder);
  for (const node of held) lanes.set(columnOf(node), [...(lanes.get(columnOf(node)) ?? []), node]);
  for (const [column, members] of lanes) {
    const others = BASE.nodes.filter((node) => columnOf(node) === column).map((node) => node.x);
    const x = others.length ? Math.max(...others) + LANE : members[0].x, step = Math.min(STEP, GRID / members.length);
    const heights = nearTo(members.map((node) => NODES.get(node.holder).y), step);
    members.forEach((node, i) => Object.assign(node, { x, y: heights[i] }));
  }
}

// Heights as near to the wanted ones as may be with a step between neighbours, in order: those that come too close become
// a block around their mean (pooling of adjacent violators).
function nearTo(wanted, step) {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]), blocks = [];
  order.forEach((i, rank) => {
    blocks.push([wanted[i] - rank * step, 1]);
    while (blocks.length > 1 && blocks.at(-2)[0] >= blocks.at(-1)[0]) {
      const [last, more] = blocks.pop(), [mean, size] = blocks.pop();
      blocks.push([(mean * size + last * more) / (size + more), size + more]);
    }
  });
  const bases = blocks.flatMap(([mean, size]) => Array(size).fill(mean)), highest = GRID - (order.length - 1) * step, heights = [];
  order.forEach((i, rank) => (heights[i] = Math.min(Math.max(bases[rank], 0), Math.max(highest, 0)) + rank * step));
  return heights;
}

const toggleOpen = (id) => inTurn(() => toggle(id));
async function toggle(id) {
  if (!NODES.has(id)) return;
  const before = DATA.nodes.length, opens = !state.open.has(id), node = NODES.get(id), focused = panel.contains(document.activeElement);
  await openOnly(opens ? [...state.open, id] : [...state.open].filter((one) => one !== id));
  fillPanel();
  if (focused) panel.querySelector(".open-button")?.focus();
  byId("live").textContent = word(opens ? "opened" : "shut_again", { label: fullName(node), n: DATA.nodes.length - before });
  remember();
}

function openingButton(node) {
  if (!canOpen(node.id)) return [];
  const open = state.open.has(node.id);
  return [element("button", { className: "open-button", "aria-expanded": open, onclick: () => toggleOpen(node.id) }, word(open ? "shut" : "open"))];
}
