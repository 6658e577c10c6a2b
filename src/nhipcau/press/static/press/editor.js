/* The editor of a digest: Enter goes from headline to headline, Alt with an arrow or a drag moves an entry. */
"use strict";
(() => {
  const list = document.querySelector("[data-entries]");
  if (!list) return;
  const entries = () => [...list.querySelectorAll(":scope > [data-entry]")];
  const headline = (entry) => entry?.querySelector("[name=headline]");
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

  function number() {
    entries().forEach((entry, at) => { entry.querySelector(".story-rank").textContent = at + 1; });
  }

  function tell(entry) {
    const before = entry.previousElementSibling;
    const values = { csrfmiddlewaretoken: token(), after: before ? before.dataset.entry : "0" };
    window.htmx.ajax("POST", entry.querySelector("[data-move]").action, { source: entry, values, swap: "none" });
    number();
  }

  function move(entry, down) {
    const other = down ? entry.nextElementSibling : entry.previousElementSibling;
    if (!other) return;
    const focused = document.activeElement;
    if (down) other.after(entry); else other.before(entry);
    focused?.focus();
    entry.scrollIntoView({ block: "nearest" });
    tell(entry);
  }

  function next(entry) {
    const following = headline(entry.nextElementSibling);
    (following ?? document.getElementById("submit-digest"))?.focus();
  }

  list.addEventListener("keydown", (event) => {
    const entry = event.target.closest("[data-entry]");
    if (!entry) return;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      move(entry, event.key === "ArrowDown");
    } else if (event.key === "Enter" && !event.isComposing && event.target.name === "headline") {
      event.preventDefault();
      window.htmx.trigger(event.target.form, "submit");
      next(entry);
    }
  });

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move] button");
    if (!button || !window.htmx) return;
    event.preventDefault();
    move(button.closest("[data-entry]"), button.value === "down");
  });

  if (window.Sortable) window.Sortable.create(list, { handle: "[data-grip]", animation: 0, onEnd: (event) => tell(event.item) });
  if (!location.hash) headline(entries().find((entry) => !headline(entry).value) ?? entries()[0])?.focus();
})();
