// What was read, and what is shown of it.
const DATA = JSON.parse(document.getElementById("data").textContent);
for (const edge of DATA.edges) {
  [edge.from, edge.to] = [DATA.nodes[edge.from].id, DATA.nodes[edge.to].id];
  edge.actions &&= edge.actions.map((number) => DATA.actions[number]);
}
const PARTS = new Map(Object.entries(JSON.parse(document.getElementById("parts").textContent)));
const NODES = new Map();
const KINDS = new Map(DATA.kinds.map((kind) => [kind.id, kind]));
const RELATIONS = new Map(DATA.relations.map((relation) => [relation.id, relation]));
const LINKS = new Map();
// The nodes and edges have become others: what is known of each by its name, anew.
function index() {
  NODES.clear();
  LINKS.clear();
  for (const node of DATA.nodes) {
    NODES.set(node.id, node);
    LINKS.set(node.id, []);
  }
  DATA.edges.forEach((edge, number) => {
    edge.id = number;
    LINKS.get(edge.from).push({ other: edge.to, edge, out: true });
    LINKS.get(edge.to).push({ other: edge.from, edge, out: false });
  });
}
index();
const HANGING = new Set(["releases", "contains", "aims", "achieves"]);
const DARK = matchMedia("(prefers-color-scheme: dark)");
const LAYOUTS = ["columns", "network", "communities"], MEASURES = ["degree", "between", "same"];
const YEARS = [...new Set(DATA.nodes.flatMap((node) => node.years ?? []))].sort((a, b) => a - b);
const state = {
  lang: DATA.lang, dark: DARK.matches, layout: DATA.layout,
  measure: "degree", years: null, hops: 1, from: null,
  selected: null, hovered: null, hidden: new Set(), hiddenRelations: new Set(), open: new Set(), all: false,
};

const word = (key, values = {}) => DATA.words[state.lang][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const inLanguage = (name) => (typeof name === "string" ? name : name[state.lang] ?? name.zh ?? "");
const labelOf = (node) => (state.lang === "en" && node.en) || node.label;
const fullName = (node) => (state.lang === "en" && node.en && !node.full ? node.en : node.full ?? node.label);
const kindName = ({ kind }) => (state.lang === "en" ? KINDS.get(kind).one : KINDS.get(kind).zh);
const inYears = (years) => !state.years || !years?.length || years.some((year) => year >= state.years[0] && year <= state.years[1]);
const isShown = (node) => !state.hidden.has(node.kind) && inYears(node.years);
const yearsOf = (edge) => edge.years ?? NODES.get(edge.relation === "releases" ? edge.to : edge.from).years;
const isDrawn = (edge) =>
  !state.hiddenRelations.has(edge.relation) && inYears(yearsOf(edge)) && isShown(NODES.get(edge.from)) && isShown(NODES.get(edge.to));
const openLinks = (id) => LINKS.get(id).filter((link) => isDrawn(link.edge));
const countBy = (things, key) => things.reduce((counts, thing) => counts.set(thing[key], (counts.get(thing[key]) ?? 0) + 1), new Map());

// The plan that a node hangs from, and how it is called beside other plans: 甲市 2023年工作要点.
const above = (id) => LINKS.get(id).find((link) => !link.out && HANGING.has(link.edge.relation))?.other;
function planOf(id) {
  for (let at = id; at; at = above(at)) if (NODES.get(at).kind === "plan") return at;
  return null;
}
const planName = (id) => [above(id), id].filter(Boolean).map((one) => labelOf(NODES.get(one))).join(" ");

// A quote: the sentence before, the words found, the sentence after. Offsets count code points.
const quoteOf = ([number, start, end, line, column]) => {
  const [doc, words, cut] = DATA.sentences[number];
  const points = [...words];
  const part = (from, to) => points.slice(from, to).join("");
  return { before: part(0, start), found: part(start, end), after: part(end) + (cut ? "…" : ""), where: { doc, line, column } };
};

// What is lit when a node is selected: it, its neighbours, and what those hang from; below a city its plans' parts too.
function aroundOf(id) {
  const lit = new Set([id, ...openLinks(id).map((link) => link.other)]);
  if (NODES.get(id).kind === "city") for (const near of [...lit]) openLinks(near).forEach((link) => lit.add(link.other));
  for (const near of lit)
    for (const link of openLinks(near)) if (!link.out && HANGING.has(link.edge.relation)) lit.add(link.other);
  return lit;
}
