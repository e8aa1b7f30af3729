// What is known of the selected node, what it rests on, what it is related to.
const panel = byId("panel");
const MOST = 60;

function select(id, { follow = false } = {}) {
  state.selected = id;
  if (!id) state.from = null;
  const focused = panel.contains(document.activeElement);
  panel.hidden = !id;
  fillPanel();
  if (focused) (id ? panel.querySelector("h2") : canvas).focus();
  paint();
  refit();
  if (!id) return remember();
  const node = NODES.get(id);
  if (follow) bringIntoView(node);
  byId("live").textContent = word("selected", { kind: kindName(node), label: fullName(node), n: openLinks(id).length });
  remember();
}

function fillPanel() {
  const node = state.selected && NODES.get(state.selected);
  if (!node) return panel.replaceChildren();
  panel.replaceChildren(
    element("button", { className: "close", ariaLabel: word("close"), onclick: () => select(null) }, "✕"),
    element("span", { className: "chip" }, glyph(node.kind), kindName(node)),
    element("h2", { tabIndex: -1 }, fullName(node)),
    ...openingButton(node),
    reachChoice(),
    ...pathList(),
    factList([...(node.facts ?? []), ["community", communityName(DATA.communities[node.community])]]),
    ...sourceList(node.src ?? [], node.more),
    ...neighbourLists(node),
    ...expansion(node),
  );
  panel.scrollTop = 0;
}

const factList = (facts) =>
  element("dl", {}, ...facts.flatMap(([key, value]) => [element("dt", {}, inLanguage(DATA.facts[key] ?? key)), element("dd", {}, inLanguage(value))]));

// Where parts are folded away, how to see those of a city or a theme. Its code is what the command is given: it is safe in a shell.
function expansion(node) {
  const option = { city: "--city", theme: "--theme" }[node.kind], code = node.id.split("/").pop();
  if (!DATA.condensed.length || !option || !/^[\w-]+$/.test(code)) return [];
  return [element("h3", {}, word("expand")), element("code", { className: "command" }, `yaodian map ${option} ${code} --out ${code}.html`)];
}

const restOf = (n) => (n > 0 ? [element("p", { className: "rest" }, word("more", { n }))] : []);

function sourceList(sources, more) {
  if (!sources.length) return [];
  return [element("h3", {}, word("sources")), ...sources.map((source) => {
    const { before, found, after, where } = quoteOf(source);
    const marked = before || after ? element("mark", {}, found) : found;
    return element("blockquote", {}, element("p", {}, before, marked, after), element("footer", {}, word("where", where)));
  }), ...restOf(more)];
}

function neighbourLists(node) {
  const groups = new Map();
  for (const link of openLinks(node.id)) {
    const key = link.edge.relation + link.out;
    groups.set(key, [...(groups.get(key) ?? []), link]);
  }
  return [...groups.values()].flatMap((links) => {
    const relation = RELATIONS.get(links[0].edge.relation), lang = state.lang;
    const name = links[0].out ? relation[lang] : relation[`back_${lang}`];
    return [element("h3", {}, `${name} · ${links.length}`), ...links.slice(0, MOST).map(neighbour), ...restOf(links.length - MOST)];
  });
}

function neighbour({ other, edge }) {
  const node = NODES.get(other);
  const plan = planOf(other), own = state.selected && (NODES.get(state.selected).kind === "plan" ? state.selected : planOf(state.selected));
  const away = plan && plan !== other && plan !== own ? planName(plan) : null;
  const note = [...(edge.actions ?? []).map(inLanguage), away, edge.weight > 1 ? `× ${edge.weight}` : null].filter(Boolean).join(" · ");
  return element("button", { className: "near", onclick: () => select(other, { follow: true }), onmouseenter: () => hover(node), onmouseleave: () => hover(null) },
    glyph(node.kind), element("span", {}, node.kind === "plan" ? planName(other) : labelOf(node)), note ? element("small", {}, note) : null);
}

const hoverCard = byId("hover");
function hover(node, at = null) {
  if (state.hovered === (node?.id ?? null)) return;
  state.hovered = node?.id ?? null;
  canvas.classList.toggle("over", Boolean(node));
  hoverCard.hidden = !node || !at;
  network.redraw();
  if (hoverCard.hidden) return;
  const source = node.src && quoteOf(node.src[0]);
  hoverCard.replaceChildren(element("b", {}, fullName(node)), `${kindName(node)} · ${word("links", { n: openLinks(node.id).length })}`,
    source && node.kind !== "item" ? element("p", {}, clipped(source)) : "");
  hoverCard.style.left = `${Math.max(6, Math.min(at.x + 14, canvas.clientWidth - 334))}px`;
  hoverCard.style.top = `${Math.max(6, Math.min(at.y + 14, canvas.clientHeight - hoverCard.offsetHeight - 6))}px`;
}

const clipped = ({ before, found, after }) => {
  const head = [...before], tail = [...after];
  return (head.length > 30 ? "…" : "") + head.slice(-30).join("") + [...found].slice(0, 60).join("") + tail.slice(0, 30).join("") + (tail.length > 30 ? "…" : "");
};
