"use strict";
// Ctrl+Enter runs the query; a question of the catalogue goes into the field, where it can be changed first.
const form = document.getElementById("console");
const field = document.getElementById("query");
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
for (const link of document.querySelectorAll("a.take")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    field.value = new URL(link.href).searchParams.get("query");
    field.focus();
    scrollTo({ top: 0 });
  });
}
