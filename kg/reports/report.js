"use strict";
// Sorting and filtering of the overview; without this the table is simply there.
(() => {
  const table = document.getElementById("plans"), body = table.tBodies[0], filter = document.getElementById("filter");
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  function sortBy(column, head) {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row) => row.cells[column].textContent.trim();
    const rows = [...body.rows].sort((a, b) => collator.compare(key(a), key(b)) * (down ? -1 : 1));
    body.append(...rows);
  }

  for (const [column, head] of [...table.tHead.rows[0].cells].entries()) {
    const button = document.createElement("button");
    button.title = table.dataset.sort;
    button.append(...head.childNodes);
    button.addEventListener("click", () => sortBy(column, head));
    head.append(button);
  }

  filter.hidden = body.rows.length < 8;
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const row of body.rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
})();
