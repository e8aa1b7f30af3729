// Elements are made, never parsed: no text of a plan can become markup.
const byId = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) key in made ? (made[key] = value) : made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

function shape(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const corners = (count, radius, turn) =>
  [...Array(count).keys()].map((i) => [radius * Math.cos(turn + (i * 2 * Math.PI) / count), radius * Math.sin(turn + (i * 2 * Math.PI) / count)]);
const OUTLINES = {
  square: corners(4, 1.3, Math.PI / 4), diamond: corners(4, 1.2, 0), hexagon: corners(6, 1.1, 0),
  triangle: corners(3, 1.25, -Math.PI / 2), triangleDown: corners(3, 1.25, Math.PI / 2),
  star: corners(5, 1.3, -Math.PI / 2).flatMap((tip, i) => [tip, corners(5, 0.55, -Math.PI / 2 + Math.PI / 5)[i]]),
};

function mark(kind, x, y, radius) {
  const fill = colour(kind);
  const outline = OUTLINES[KINDS.get(kind).shape];
  if (!outline) return shape("circle", { cx: x, cy: y, r: radius, fill });
  return shape("polygon", { points: outline.map(([a, b]) => `${(x + a * radius).toFixed(1)},${(y + b * radius).toFixed(1)}`).join(" "), fill });
}

const glyph = (kind) => shape("svg", { class: "glyph", width: 16, height: 16, "aria-hidden": "true" }, mark(kind, 8, 8, 6));
const stroke = (relation) =>
  shape("svg", { class: "glyph", width: 20, height: 16, "aria-hidden": "true" },
    shape("line", { x1: 0, x2: 20, y1: 8, y2: 8, stroke: colour(relation), "stroke-width": 2.5 }));

// The colours stand in the style sheet, once for light and once for dark.
const colours = new Map();
function colour(name) {
  if (!colours.has(name)) colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
  return colours.get(name);
}
const faded = (hex, share) => hex + Math.round(share * 255).toString(16).padStart(2, "0");

function dress() {
  document.documentElement.dataset.theme = state.dark ? "dark" : "light";
  byId("dark").setAttribute("aria-pressed", state.dark);
  colours.clear();
}
dress();
