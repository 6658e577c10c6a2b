/* A form that keeps what is typed: says so when it could not, tries again, and warns before the page is left meanwhile.
   Nothing is stored in the browser, for desks are shared. Without this file the form is saved by its button. */
"use strict";
(() => {
  const form = document.querySelector("form[data-keep]");
  if (!form || !window.htmx) return;
  const said = document.getElementById("kept");
  const not = document.getElementById("kept-not");
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
})();
