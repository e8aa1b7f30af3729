// The same content as a table: for screen readers, for copying, for those who prefer lists.
const tableBox = byId("table");

function showTable(on) {
  tableBox.hidden = !on;
  byId("as-table").setAttribute("aria-pressed", on);
  if (on) fillTable();
}

function fillTable() {
  const head = element("tr", {}, ...["name", "kind", "degree", "sentence"].map((key) => element("th", { scope: "col" }, word(key))));
  const rows = DATA.nodes.filter(isShown).map((node) => element("tr", {},
    element("td", {}, element("button", { onclick: () => { showTable(false); select(node.id, { follow: true }); } }, fullName(node))),
    element("td", {}, kindName(node)),
    element("td", {}, String(openLinks(node.id).length)),
    element("td", {}, node.src ? clipped(quoteOf(node.src[0])) : "")));
  tableBox.replaceChildren(element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)));
}
