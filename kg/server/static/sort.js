"use strict";
// A click on a heading sorts its column: numbers by value, texts as the reader's language orders them.
function makeSortable(table) {
  const body = table.tBodies[0];
  const collator = new Intl.Collator(document.documentElement.lang === "en" ? ["en", "zh"] : ["zh", "en"], { numeric: true });
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    head.tabIndex = 0;
    const sort = () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const number = (row) => Number(row.cells[column].textContent.replaceAll(",", ""));
      const numeric = [...body.rows].every((row) => !Number.isNaN(number(row)));
      const order = (a, b) =>
        numeric ? number(a) - number(b) : collator.compare(a.cells[column].textContent, b.cells[column].textContent);
      body.append(...[...body.rows].sort((a, b) => (down ? -order(a, b) : order(a, b))));
    };
    head.addEventListener("click", sort);
    head.addEventListener("keydown", (event) => event.key === "Enter" && sort());
  });
  table.classList.add("ready");
}
// also tables that come later, with a new answer
const sortAll = () => document.querySelectorAll("table.sortable:not(.ready)").forEach(makeSortable);
document.addEventListener("answer", sortAll);
sortAll();
