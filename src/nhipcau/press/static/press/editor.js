/* The editor of a digest: Enter goes from headline to headline; what is on its way is stored before it is submitted. */
"use strict";
(() => {
  const list = document.querySelector("[data-entries]");
  if (!list) return;
  const entries = () => [...list.querySelectorAll(":scope > [data-ordered-item]")];
  const headline = (entry) => entry?.querySelector("[name=headline]");

  function next(entry) {
    const following = headline(entry.nextElementSibling);
    (following ?? document.getElementById("submit-digest"))?.focus();
  }

  list.addEventListener("keydown", (event) => {
    const entry = event.target.closest("[data-ordered-item]");
    if (entry && event.key === "Enter" && !event.isComposing && event.target.name === "headline") {
      event.preventDefault();
      window.htmx.trigger(event.target.form, "submit");
      next(entry);
    }
  });

  const submitting = document.getElementById("submit-digest")?.form;
  let sent = 0;
  let waiting = false;
  document.body.addEventListener("htmx:beforeRequest", () => { sent += 1; });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    sent -= 1;
    // What could not be stored is said beside it, and nothing is submitted without it.
    if (!event.detail.successful) waiting = false;
    if (!sent && waiting) submitting.submit();
  });
  submitting?.addEventListener("submit", (event) => {
    if (!sent) return;
    event.preventDefault();
    waiting = true;
  });

  if (!location.hash) headline(entries().find((entry) => !headline(entry).value) ?? entries()[0])?.focus();
})();
