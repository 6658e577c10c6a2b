/* Triage by keyboard: the first undecided item has the focus, and after each decision the next one. Works without it. */
"use strict";
(() => {
  const list = document.querySelector("[data-triage]");
  if (!list) return;
  const first = (item) => item?.querySelector("a")?.focus();
  const open = (item) => item.dataset.decision === "";
  const items = () => [...list.querySelectorAll(":scope > [data-item]")];

  if (!location.hash) first(items().find(open));

  const nextOpen = (item) => {
    const all = items();
    return all.slice(all.indexOf(item) + 1).find(open) ?? all.find(open);
  };

  /* Whoever decides quickly does not wait for the answer: the next key is already for the next item. */
  list.addEventListener("submit", (event) => {
    const item = event.target.closest("[data-item]");
    const button = event.submitter;
    if (!item || !button || !(button.name === "drop" || button.value === "keep")) return;
    item.dataset.decision = "asked";
    const next = nextOpen(item);
    first(next);
    next?.scrollIntoView({ block: "nearest" });
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const changed = event.detail.target?.id && document.getElementById(event.detail.target.id);
    if (!changed || !list.contains(changed)) return;
    // What was taken back, or refused, is to be decided again; else whoever went on stays where they are.
    const next = open(changed) ? changed : list.contains(document.activeElement) ? null : nextOpen(changed) ?? changed;
    first(next);
    next?.scrollIntoView({ block: "nearest" });
  });
})();
