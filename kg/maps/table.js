// The same content as a table: for screen readers, for copying, for those who prefer lists. What lies folded is counted,
// and listed as well where that is asked for; a saved table has the rows of the one on the screen.
const tableBox = byId("table");
const sorting = { column: null, down: false };
const ROWS_AT_ONCE = 1000;
let rowsListed = ROWS_AT_ONCE;

function showTable(on) {
  const at = document.activeElement, leaves = !on && tableBox.contains(at), enters = on && (at === canvas || at === document.body);
  tableBox.hidden = !on;
  if (leaves) canvas.focus();
  if (enters) tableBox.focus();
  byId("as-table").setAttribute("aria-pressed", on);
  rowsListed = ROWS_AT_ONCE;
  if (on) fillTable();
  remember();
}

async function listFolded(on) {
  state.all = on;
  if (on) await unpackAll();
  fillTable();
  tableBox.querySelector(".folded-note button")?.focus();
  remember();
}

// A column: its name, what a node's cell says, and what it is sorted by where that is something else.
const COLUMNS_OF_TABLE = [
  { name: "name", says: fullName },
  { name: "kind", says: kindName, order: (node) => DATA.kinds.findIndex(({ id }) => id === node.kind) },
  { name: "degree", says: (node) => String(relationsOf(node)), order: (node) => -relationsOf(node) },
  { name: "years", says: (node) => yearRuns(node.years ?? []), saved: (node) => (node.years ?? []).join(word("and")) },
  { name: "sentence", says: (node) => (node.src ? clipped(quoteOf(node.src[0])) : "") },
];

// 2014–2017、2020: three years and more on end as their ends.
function yearRuns(years) {
  const runs = [];
  for (const year of years) runs.at(-1)?.at(-1) === year - 1 ? runs.at(-1).push(year) : runs.push([year]);
  return runs.map((run) => (run.length > 2 ? `${run[0]}–${run.at(-1)}` : run.join(word("and")))).join(word("and"));
}

const WITHIN = { name: "folded_into", says: (node) => (NODES.has(node.id) ? "" : holderName(node.id)) };
const listsAll = () => state.all && allUnpacked && hasFolded;
const columnsNow = () => (listsAll() ? [...COLUMNS_OF_TABLE.slice(0, 2), WITHIN, ...COLUMNS_OF_TABLE.slice(2)] : COLUMNS_OF_TABLE);

function shownRows() {
  const rows = [...DATA.nodes, ...(listsAll() ? foldedNodes() : [])].filter(isShown), { column, down } = sorting;
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
  const heading = (column) => element("th", { scope: "col", className: column.name, "aria-sort": column !== sorting.column ? "none" : sorting.down ? "descending" : "ascending" },
    element("button", { "data-column": column.name, onclick: () => sortBy(column) }, word(column.name)));
  const cell = (column, node) => (column.name !== "name" ? column.says(node)
    : element("button", { onclick: () => { showTable(false); reveal(node.id); } }, column.says(node)));
  const columns = columnsNow(), row = (node) => element("tr", {}, ...columns.map((column) => element("td", { className: column.name }, cell(column, node))));
  return element("table", {}, element("thead", {}, element("tr", {}, ...columns.map(heading))), element("tbody", {}, ...rows.map(row)));
}

function foldedNote(listed) {
  if (!foldedNow()) return [];
  const values = { n: listed, folded: foldedNow() }, all = listsAll();
  const button = hasFolded ? [element("button", { className: "path-button", onclick: () => listFolded(!all) }, word(all ? "list_drawn" : "list_all"))] : [];
  return [element("p", { className: "folded-note" }, word(all ? "listed_all" : "listed_drawn", values), " ", ...button)];
}

function fillTable() {
  const rows = shownRows(), listed = rows.slice(0, rowsListed), rest = rows.length - listed.length;
  tableBox.replaceChildren(...foldedNote(rows.length), tableOf(listed), ...(rest ? [moreRows(rest)] : []));
}

// A browser needs seconds for many thousands of rows: they come a thousand at a time.
function moreRows(rest) {
  const further = Math.min(rest, ROWS_AT_ONCE), first = rowsListed;
  const list = () => {
    rowsListed += further;
    fillTable();
    tableBox.querySelectorAll("tbody button")[first].focus();
  };
  return element("p", { className: "folded-note" }, word("rows_left", { n: rest }), " ", element("button", { className: "path-button", onclick: list }, word("rows_more", { n: further })));
}

// CSV (RFC 4180) that a spreadsheet opens with its characters intact and runs nothing of.
const FORMULA = /^[\s\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]|^[\t\r\n]/;
const inert = (text) => (FORMULA.test(text) ? `'${text}` : text);
const csvCell = (text) => `"${inert(text).replaceAll('"', '""')}"`;

function saveCsv() {
  const place = (node) => (node.src ? word("where", quoteOf(node.src[0]).where) : "");
  const columns = [...columnsNow(), { name: "place", says: place }, { name: "iri", says: (node) => node.id }];
  const lines = [columns.map(({ name }) => word(name)), ...shownRows().map((node) => columns.map(({ says, saved }) => (saved ?? says)(node)))];
  keep(["\ufeff", lines.map((line) => `${line.map(csvCell).join(",")}\r\n`).join("")], "text/csv", "csv");
}
