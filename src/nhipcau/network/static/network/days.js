/* The slider over the days on which something changed: shown only where it works. Without it there are the date field
   and the links beside it. */
"use strict";
(() => {
  function attach(form) {
    const box = form.querySelector("[data-slide]");
    if (!box) return;
    const slide = box.querySelector("input");
    const said = box.querySelector("output");
    const stops = [...box.querySelectorAll("option")];
    box.hidden = false;
    slide.addEventListener("input", () => {
      said.textContent = stops[slide.value].textContent;
      slide.setAttribute("aria-valuetext", said.textContent);
    });
    slide.addEventListener("change", () => {
      form.elements.on.value = stops[slide.value].value;
      form.requestSubmit();
    });
  }
  document.querySelectorAll("form[data-days]").forEach(attach);
})();
