/* Forms that keep what is typed: say so when they could not, try again, and warn before the page is left meanwhile.
   Nothing is stored in the browser, for desks are shared. Without this file a form is saved by its button. */
"use strict";
(() => {
  if (!window.htmx) return;
  document.querySelectorAll("form[data-keep]").forEach(watch);

  function watch(form) {
    const said = form.querySelector(".kept:not(.kept-not)");
    const not = form.querySelector(".kept-not");
    let pending = false;
    let retry = 0;

    form.addEventListener("input", (event) => { if (event.target.name !== "find_text") pending = true; });
    form.addEventListener("submit", () => { pending = false; });

    function failed(event) {
      if (event.detail.elt !== form) return;
      not.hidden = false;
      said.textContent = "";
      clearTimeout(retry);
      retry = setTimeout(() => window.htmx.trigger(form, "keep"), 5000);
    }

    form.addEventListener("htmx:sendError", failed);
    form.addEventListener("htmx:timeout", failed);
    form.addEventListener("htmx:responseError", failed);
    form.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.elt !== form || !event.detail.successful) return;
      clearTimeout(retry);
      pending = false;
      not.hidden = true;
    });
    window.addEventListener("online", () => { if (pending) window.htmx.trigger(form, "keep"); });
    window.addEventListener("beforeunload", (event) => { if (pending) event.preventDefault(); });
  }
})();
