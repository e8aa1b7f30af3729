// The map as it stands on the screen, as a vector picture for papers and slides.
function picture() {
  const width = canvas.clientWidth, height = canvas.clientHeight, n = (value) => value.toFixed(1);
  const lines = DATA.edges.filter(isDrawn).map((edge) => {
    const a = onScreen(NODES.get(edge.from)), b = onScreen(NODES.get(edge.to)), bend = state.layout === "columns" ? (b.x - a.x) * 0.55 : 0;
    const on = !lit || (lit.has(edge.from) && lit.has(edge.to));
    return shape("path", { d: `M${n(a.x)} ${n(a.y)}C${n(a.x + bend)} ${n(a.y)} ${n(b.x - bend)} ${n(b.y)} ${n(b.x)} ${n(b.y)}`, stroke: colour(edge.relation), opacity: !on ? 0.05 : lit ? 0.85 : 0.3 });
  });
  const marks = visibleNodes().map(({ node, x, y, radius }) => {
    const drawn = mark(node.kind, x, y, radius);
    if (lit && !lit.has(node.id)) drawn.setAttribute("opacity", 0.16);
    return drawn;
  });
  const texts = labels.map(({ text, font, box }) => shape("text", { x: n(box[0]), y: n(box[1] + LINE * 0.78), "font-size": parseFloat(font.replace("600 ", "")), "font-weight": font.startsWith("600") ? 600 : 400 }, text));
  return shape("svg", { xmlns: SVG, viewBox: `0 0 ${width} ${height}`, width, height, "font-family": FONT.replaceAll('"', "'") },
    shape("title", {}, document.title), shape("rect", { width: "100%", height: "100%", fill: colour("ground") }),
    shape("g", { fill: "none", "stroke-width": 1 }, ...lines), shape("g", {}, ...marks),
    shape("g", { fill: colour("ink"), stroke: colour("ground"), "stroke-width": 3, "paint-order": "stroke" }, ...texts));
}

const saveSvg = () => keep([new XMLSerializer().serializeToString(picture())], "image/svg+xml", "svg");

// What the screen shows, on a ground: a picture in pixels is transparent otherwise.
function savePng() {
  const drawn = canvas.querySelector("canvas"), whole = element("canvas", { width: drawn.width, height: drawn.height });
  const context = whole.getContext("2d");
  context.fillStyle = colour("ground");
  context.fillRect(0, 0, whole.width, whole.height);
  context.drawImage(drawn, 0, 0);
  whole.toBlob((file) => keep([file], "image/png", "png"));
}

function keep(parts, type, ending) {
  const link = element("a", { href: URL.createObjectURL(new Blob(parts, { type })), download: `${document.title}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 5000);
}

// Paper gets a head, the vector picture, or the table where that is open, and what the panel says; dark on light always.
let darkOnScreen = false;
function wear(dark) {
  state.dark = dark;
  dress();
  fillPanel();
}
addEventListener("beforeprint", () => {
  darkOnScreen = state.dark;
  if (darkOnScreen) wear(false);
  byId("printed").replaceChildren(element("h1", {}, document.title), element("p", {}, byId("summary").textContent),
    tableBox.hidden ? picture() : tableOf(shownRows().slice(0, rowsListed)));
});
addEventListener("afterprint", () => {
  if (darkOnScreen) wear(true);
  byId("printed").replaceChildren();
});
