/* The editor of a digest: Enter goes from headline to headline. */
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

  if (!location.hash) headline(entries().find((entry) => !headline(entry).value) ?? entries()[0])?.focus();
})();
