// The same content as a table: for screen readers, for copying, for those who prefer lists.
const tableBox = byId("table");
const sorting = { column: null, down: false };

function showTable(on) {
  tableBox.hidden = !on;
  byId("as-table").setAttribute("aria-pressed", on);
  if (on) fillTable();
}

// A column: its name, what a node's cell says, and what it is sorted by where that is something else.
const COLUMNS_OF_TABLE = [
  { name: "name", says: fullName },
  { name: "kind", says: kindName, order: (node) => DATA.kinds.findIndex(({ id }) => id === node.kind) },
  { name: "degree", says: (node) => String(openLinks(node.id).length), order: (node) => -openLinks(node.id).length },
  { name: "years", says: (node) => (node.years ?? []).join("、") },
  { name: "sentence", says: (node) => (node.src ? clipped(quoteOf(node.src[0])) : "") },
];

function shownRows() {
  const rows = DATA.nodes.filter(isShown), { column, down } = sorting;
  if (!column) return rows;
  const by = column.order ?? column.says, sign = down ? -1 : 1, compare = new Intl.Collator(word("language")).compare;
  return rows.map((node) => [by(node), node]).sort(([a], [b]) => sign * (typeof a === "number" ? a - b : compare(a, b))).map(([, node]) => node);
}

function sortBy(column) {
  [sorting.down, sorting.column] = [sorting.column === column && !sorting.down, column];
  fillTable();
  tableBox.querySelector(`[data-column="${column.name}"]`).focus();
}

function tableOf(rows) {
  const heading = (column) => element("th", { scope: "col", "aria-sort": column !== sorting.column ? "none" : sorting.down ? "descending" : "ascending" },
    element("button", { "data-column": column.name, onclick: () => sortBy(column) }, word(column.name)));
  const cell = (column, node) => (column.name !== "name" ? column.says(node)
    : element("button", { onclick: () => { showTable(false); select(node.id, { follow: true }); } }, column.says(node)));
  const row = (node) => element("tr", {}, ...COLUMNS_OF_TABLE.map((column) => element("td", {}, cell(column, node))));
  return element("table", {}, element("thead", {}, element("tr", {}, ...COLUMNS_OF_TABLE.map(heading))), element("tbody", {}, ...rows.map(row)));
}

function fillTable() {
  tableBox.replaceChildren(tableOf(shownRows()));
}

// CSV (RFC 4180) that a spreadsheet opens with its characters intact and runs nothing of.
const FORMULA = /^[\s\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]|^[\t\r\n]/;
const inert = (text) => (FORMULA.test(text) ? `'${text}` : text);
const csvCell = (text) => `"${inert(text).replaceAll('"', '""')}"`;

function saveCsv() {
  const place = (node) => (node.src ? word("where", quoteOf(node.src[0]).where) : "");
  const columns = [...COLUMNS_OF_TABLE, { name: "place", says: place }, { name: "iri", says: (node) => node.id }];
  const lines = [columns.map(({ name }) => word(name)), ...shownRows().map((node) => columns.map(({ says }) => says(node)))];
  keep(["\ufeff", lines.map((line) => `${line.map(csvCell).join(",")}\r\n`).join("")], "text/csv", "csv");
}
