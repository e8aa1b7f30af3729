"use strict";
// Sorting and filtering of tables; without this they are simply there.
(() => {
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  function compared(one, other) {
    const [a, b] = [one, other].map((cell) => cell.dataset.value ?? cell.textContent.trim());
    const [x, y] = [a, b].map((text) => (text === "" ? NaN : Number(text.replace(/[,%]/g, ""))));
    if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
    return Number.isNaN(x) - Number.isNaN(y) || collator.compare(a, b);
  }

  function sortBy(table, column, head) {
    const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
    const body = table.tBodies[0];
    body.append(...[...body.rows].sort((a, b) => sign * compared(a.cells[column], b.cells[column])));
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    for (const [column, head] of [...table.tHead.rows[0].cells].entries()) {
      const button = document.createElement("button");
      button.type = "button";
      button.title = document.body.dataset.sort;
      button.append(...head.childNodes);
      button.addEventListener("click", () => sortBy(table, column, head));
      head.append(button);
    }
  }

  const field = document.querySelector("input.filter");
  const table = field && field.closest("section, main").querySelector("table.sortable");
  if (table) {
    const rows = [...table.tBodies[0].rows];
    field.hidden = rows.length < 8;
    field.addEventListener("input", () => {
      const wanted = field.value.trim().toLowerCase();
      for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    });
  }
})();
