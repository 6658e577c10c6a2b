/* The editor of a plan: Enter goes from activity to activity and begins a new one, Alt with C copies one. */
"use strict";
(() => {
  const list = document.getElementById("rows");
  const add = document.getElementById("add-activity");
  if (!list || !add) return;
  const title = (row) => row?.querySelector("[name=title]");
  let before = new Set();
  const keys = () => new Set([...list.children].map((row) => row.dataset.orderedItem));

  list.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-ordered-item]");
    if (!row || event.isComposing) return;
    if (event.altKey && event.code === "KeyC") {
      event.preventDefault();
      row.querySelector("[data-copy]").requestSubmit();
    } else if (event.key === "Enter" && event.target.matches("input:not([type=checkbox]), select")) {
      event.preventDefault();
      window.htmx.trigger(event.target.form, "submit");
      const next = row.nextElementSibling;
      if (next) title(next).focus(); else add.requestSubmit();
    }
  });

  /* What came anew is where one writes on; what was opened keeps the place. */
  document.body.addEventListener("htmx:beforeSwap", () => { before = keys(); });
  document.body.addEventListener("htmx:afterSettle", () => {
    const made = [...list.children].find((row) => !before.has(row.dataset.orderedItem));
    if (made) { title(made).focus(); title(made).scrollIntoView({ block: "center" }); }
    before = keys();
  });
})();
