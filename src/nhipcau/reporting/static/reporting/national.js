/* The sentences of a national report by keyboard: x ticks the sentence in focus, e opens its editor. */
"use strict";
(() => {
  const list = document.querySelector(".sentences");
  if (!list) return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const sentence = document.activeElement?.closest(".sentence");
    if (!sentence) return;
    if (event.key === "x") {
      const tick = sentence.querySelector(".sentence-tick");
      if (tick) { tick.checked = !tick.checked; event.preventDefault(); }
    } else if (event.key === "e") {
      const edit = sentence.querySelector(".sentence-edit");
      if (edit) { edit.open = true; edit.querySelector("textarea").focus(); event.preventDefault(); }
    }
  });
})();
