// The legend is also the filter: kinds of nodes and relations with their counts in the years chosen, shown or hidden.
function keyButton(id, hidden, sign, name, count) {
  const toggle = () => {
    hidden.has(id) ? hidden.delete(id) : hidden.add(id);
    paint();
    fillLegend();
    remember();
    [...document.querySelectorAll(".key")].find((key) => key.dataset.key === id)?.focus();
  };
  const button = element("button", { className: "key", "aria-pressed": !hidden.has(id), onclick: toggle },
    sign, name, element("span", { className: "count" }, String(count)));
  button.dataset.key = id;
  return button;
}

function fillLegend() {
  const kinds = countBy(DATA.nodes, "kind"), relations = countBy(DATA.edges, "relation");
  const kindsNow = countBy(DATA.nodes.filter((node) => inYears(node.years)), "kind");
  const relationsNow = countBy(DATA.edges.filter((edge) => inYears(yearsOf(edge))), "relation");
  byId("kinds").replaceChildren(...DATA.kinds.filter(({ id }) => kinds.has(id)).map((kind) =>
    keyButton(kind.id, state.hidden, glyph(kind.id), inLanguage(kind), kindsNow.get(kind.id) ?? 0)));
  byId("relations").replaceChildren(...DATA.relations.filter(({ id }) => relations.has(id)).map((relation) =>
    keyButton(relation.id, state.hiddenRelations, stroke(relation.id), inLanguage(relation), relationsNow.get(relation.id) ?? 0)));
  byId("layouts").replaceChildren(...LAYOUTS.map((name) =>
    element("button", { "aria-pressed": state.layout === name, "data-layout": name, onclick: () => arrange(name) }, word(name))));
  byId("measures").replaceChildren(...MEASURES.map((name) =>
    element("button", { "aria-pressed": state.measure === name, "data-measure": name, onclick: () => sizeBy(name) }, word(`size_${name}`))));
  fillYears();
  fillSummary();
}

function fillSummary() {
  const shown = DATA.nodes.filter(isShown).length, nodes = DATA.nodes.length;
  const counts = word(DATA.plans ? "subtitle" : "subtitle_without_plans", { plans: DATA.plans, nodes, edges: DATA.edges.length });
  const whole = foldedNow() ? `${counts} · ${word("folded_now", { n: foldedNow() })}` : counts;
  const all = DATA.view === "corpus" ? whole : `${word(`view_${DATA.view}`)} · ${whole}`;
  document.body.classList.toggle("condensed", DATA.condensed.length > 0);
  byId("empty").hidden = shown > 0;
  byId("empty").textContent = word(nodes ? "all_hidden" : "empty");
  byId("summary").textContent = shown === nodes ? all : `${all} · ${word("shown", { shown, nodes })}`;
  const notes = [...DATA.condensed.map((step) => word(`condensed_${step}`, { n: DATA.left_out })), ...(DATA.alone ? [word("alone", { n: DATA.alone })] : [])];
  byId("condensed").hidden = !notes.length;
  byId("condensed").textContent = notes.join(" ");
}

function arrange(name) {
  state.layout = name;
  stretch = 1;
  drawAll();
  showAll();
  fillLegend();
  byId("layouts").querySelector(`[data-layout="${name}"]`).focus();
  remember();
}

function sizeBy(name) {
  state.measure = name;
  drawAll();
  fillLegend();
  byId("measures").querySelector(`[data-measure="${name}"]`).focus();
  remember();
}
