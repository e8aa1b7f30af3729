// Language, keys, pointers, and the start.
function translate() {
  document.documentElement.lang = word("language");
  document.title = word("title");
  document.querySelectorAll("[data-word]").forEach((one) => (one.textContent = word(one.dataset.word)));
  document.querySelectorAll("[data-aria]").forEach((one) => one.setAttribute("aria-label", word(one.dataset.aria)));
  query.placeholder = word("search");
  fillLegend();
  fillPanel();
  if (!tableBox.hidden) fillTable();
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function walk([right, down]) {
  if (!state.selected) return select(DATA.nodes.find(isShown)?.id ?? null, { follow: true });
  const from = placeOf(NODES.get(state.selected)), along = [...openLinks(state.selected).map((link) => NODES.get(link.other)), ...siblings()];
  const ahead = along.map((node) => ({ node, to: placeOf(node) })).map(({ node, to }) => {
    const x = to.x - from.x, y = to.y - from.y, distance = Math.hypot(x, y) || 1;
    return { node, distance, turn: (x * right + y * down) / distance };
  }).filter(({ turn }) => turn > 0.6).sort((a, b) => a.distance / a.turn ** 2 - b.distance / b.turn ** 2);
  if (ahead.length) select(ahead[0].node.id, { follow: true });
}
const siblings = () => {
  const { kind } = NODES.get(state.selected);
  return DATA.nodes.filter((node) => node.kind === kind && node.id !== state.selected && isShown(node));
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target === query || event.target.type === "range") return;
  const act = {
    "/": () => { query.focus(); query.select(); }, Escape: () => (hasDrawer() ? drawer(false) : tableBox.hidden ? select(null) : showTable(false)),
    0: showAll, "+": () => zoomBy(1.4), "=": () => zoomBy(1.4), "-": () => zoomBy(0.714), t: () => showTable(tableBox.hidden),
    l: () => arrange(LAYOUTS[(LAYOUTS.indexOf(state.layout) + 1) % LAYOUTS.length]),
    ...(canOpen(state.selected) ? { e: () => toggleOpen(state.selected) } : {}),
    ...(state.selected ? { 1: () => reachTo(1), 2: () => reachTo(2), 3: () => reachTo(3), p: startPath } : {}),
  }[event.key] ?? (document.activeElement === canvas && ARROWS[event.key] ? () => walk(ARROWS[event.key]) : null);
  if (!act) return;
  event.preventDefault();
  act();
});

const reach = matchMedia("(pointer: coarse)").matches ? 24 : 9;
// The panel that a click opens moves the drawing away from under the second click of two: both mean what was pressed first.
// A mouse says which click of a series it is; fingers do not, and are followed by what a mouse would have said.
let pressed = { at: -Infinity };
const TWICE = 500, AFTER_TOUCH = 1000;
function press(event, again) {
  const box = canvas.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
  const twice = again ?? (event.timeStamp - pressed.at < TWICE && Math.hypot(x - pressed.x, y - pressed.y) < reach);
  const id = twice ? pressed.id : nearest(x, y, reach)?.id ?? null;
  pressed = { x, y, id, again: twice, at: event.timeStamp, touch: event.type === "pointerdown" };
}
canvas.addEventListener("pointerdown", (event) => event.pointerType !== "mouse" && press(event), true);
canvas.addEventListener("mousedown", (event) => (pressed.touch && event.timeStamp - pressed.at < AFTER_TOUCH) || press(event, event.detail > 1), true);
network.on("click", () => pressed.again || select(pressed.id));
const openPressed = () => canOpen(pressed.id) && toggleOpen(pressed.id);
network.on("doubleClick", () => pressed.touch && openPressed());
canvas.addEventListener("dblclick", () => pressed.touch || openPressed());
canvas.addEventListener("pointermove", (event) => {
  if (event.pointerType !== "mouse" || event.buttons) return hover(null);
  const box = canvas.getBoundingClientRect(), at = { x: event.clientX - box.left, y: event.clientY - box.top };
  hover(nearest(at.x, at.y, reach), at);
});
canvas.addEventListener("pointerleave", () => hover(null));
document.querySelectorAll("[data-zoom]").forEach((one) => (one.onclick = () => (+one.dataset.zoom ? zoomBy(+one.dataset.zoom) : showAll())));
byId("as-table").onclick = () => showTable(tableBox.hidden);
for (const [id, act] of Object.entries({ save: saveSvg, "save-png": savePng, "save-csv": saveCsv, print: () => print() })) byId(id).onclick = act;
byId("language").onclick = () => { state.lang = state.lang === "zh" ? "en" : "zh"; translate(); network.redraw(); remember(); };
byId("dark").onclick = () => { state.dark = !state.dark; dress(); fillLegend(); fillPanel(); paint(); remember(); };
const hasDrawer = () => document.body.classList.contains("drawn");
const drawer = (out) => byId("drawer").setAttribute("aria-expanded", document.body.classList.toggle("drawn", out));
byId("drawer").onclick = () => drawer(!hasDrawer());
canvas.addEventListener("pointerdown", () => drawer(false));

network.on("dragEnd", () => state.layout === "columns" && scrollTo(network.getViewPosition().y));
canvas.addEventListener("wheel", (event) => {
  event.preventDefault();
  if (state.layout === "columns") zoomBy(Math.exp(-event.deltaY / 500), event.clientY - canvas.getBoundingClientRect().top);
}, { passive: false });

// Two fingers draw the columns out; one moves them, which vis-network does.
const fingers = new Map();
function pinch(event) {
  if (!fingers.has(event.pointerId)) return;
  const apart = () => { const [a, b] = [...fingers.values()]; return Math.hypot(a.x - b.x, a.y - b.y); };
  const before = fingers.size === 2 && apart();
  fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  if (!before || state.layout !== "columns") return;
  const [a, b] = [...fingers.values()];
  zoomBy(apart() / before, (a.y + b.y) / 2 - canvas.getBoundingClientRect().top);
}
canvas.addEventListener("pointerdown", (event) => event.pointerType === "touch" && fingers.set(event.pointerId, { x: event.clientX, y: event.clientY }));
canvas.addEventListener("pointermove", pinch);
for (const end of ["pointerup", "pointercancel", "pointerleave"]) canvas.addEventListener(end, (event) => fingers.delete(event.pointerId));

new ResizeObserver(refit).observe(canvas);
new ResizeObserver(([head]) => document.body.style.setProperty("--head", `${head.target.offsetHeight}px`)).observe(document.querySelector("header"));

showAll();
translate();
// What the address names may lie in what it opens.
async function restore({ node, from, open, table }) {
  if (open.length || state.open.size) await openOnly(open);
  await bringOut([from, node].filter(Boolean));
  if (state.all) await unpackAll();
  state.from = NODES.has(from) ? from : null;
  select(NODES.has(node) ? node : null, { follow: true });
  showTable(table);
}
document.querySelectorAll(".opening").forEach((one) => (one.hidden = !PARTS.size));
if (first.node || first.open.length || first.table) inTurn(() => restore(first));
addEventListener("hashchange", () => {
  const wanted = recall();
  dress();
  drawAll();
  translate();
  inTurn(() => restore(wanted));
});

// For those who look at the page from a console.
window.yaodian = { state, data: DATA, select, toggleOpen, find, labels: () => labels, lit: () => lit, sizeOf, place: (id) => onScreen(NODES.get(id)), ready: performance.now() };
