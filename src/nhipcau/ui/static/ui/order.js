/* Lists whose items people put in order: Alt with an arrow, the buttons Up and Down, or a drag. The list is
   [data-ordered], an item [data-ordered-item=key] with a form [data-move], which is told behind which key it stands. */
"use strict";
(() => {
  const items = (list) => [...list.querySelectorAll(":scope > [data-ordered-item]")];
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

  function number(list) {
    items(list).forEach((item, at) => { const place = item.querySelector("[data-number]"); if (place) place.textContent = at + 1; });
  }

  function tell(item) {
    const before = item.previousElementSibling;
    const values = { csrfmiddlewaretoken: token(), after: before ? before.dataset.orderedItem : "0" };
    window.htmx.ajax("POST", item.querySelector("[data-move]").action, { source: item, values, swap: "none" });
    number(item.parentElement);
  }

  function move(item, down) {
    const other = down ? item.nextElementSibling : item.previousElementSibling;
    if (!other) return;
    const focused = document.activeElement;
    if (down) other.after(item); else other.before(item);
    focused?.focus();
    item.scrollIntoView({ block: "nearest" });
    tell(item);
  }

  document.querySelectorAll("[data-ordered]").forEach((list) => {
    list.addEventListener("keydown", (event) => {
      const item = event.target.closest("[data-ordered-item]");
      if (!item || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
      event.preventDefault();
      move(item, event.key === "ArrowDown");
    });
    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move] button");
      if (!button || !window.htmx) return;
      event.preventDefault();
      move(button.closest("[data-ordered-item]"), button.value === "down");
    });
    list.addEventListener("htmx:afterSettle", () => number(list));
    if (window.Sortable) window.Sortable.create(list, { handle: "[data-grip]", animation: 0, onEnd: (event) => tell(event.item) });
  });
})();
