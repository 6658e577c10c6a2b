/* Triage by keyboard: the first undecided item has the focus, and after each decision the next one. Works without it. */
"use strict";
(() => {
  const list = document.querySelector("[data-triage]");
  if (!list) return;
  const first = (item) => item?.querySelector("a")?.focus();
  const open = (item) => item.dataset.decision === "";
  const items = () => [...list.querySelectorAll(":scope > [data-item]")];

  if (!location.hash) first(items().find(open));

  document.addEventListener("htmx:afterSwap", (event) => {
    const changed = event.detail.target?.id && document.getElementById(event.detail.target.id);
    if (!changed || !list.contains(changed)) return;
    const all = items();
    const at = all.indexOf(changed);
    const next = open(changed) ? changed : all.slice(at + 1).find(open) ?? all.find(open) ?? changed;
    first(next);
    next.scrollIntoView({ block: "nearest" });
  });
})();
