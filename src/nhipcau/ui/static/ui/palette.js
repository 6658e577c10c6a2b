/* The command palette (Ctrl-K): the list comes from the server; here are its keys, and what was seen just now in this
   tab. What was seen is kept with the tab, for one person, and goes with it. */
"use strict";
(() => {
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const box = document.getElementById("palette-box");
  const list = document.getElementById("palette-list");
  const recent = document.getElementById("palette-recent");
  const person = document.body.dataset.person;
  const KEY = "nhipcau-seen";

  function seen() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY) || "{}");
      return kept.person === person ? kept.pages : [];
    } catch { return []; }
  }

  function remember() {
    const pages = seen().filter((page) => page.url !== location.pathname);
    const heading = document.querySelector("h1");
    if (/\/\d+\/$/.test(location.pathname) && heading) {
      pages.unshift({ url: location.pathname, name: heading.textContent.trim().slice(0, 120) });
    }
    try { sessionStorage.setItem(KEY, JSON.stringify({ person, pages: pages.slice(0, 6) })); } catch { /* none kept */ }
  }

  const options = () => [...list.querySelectorAll('[role="option"]')];

  function choose(option) {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  }

  const chosen = () => list.querySelector('[aria-selected="true"]');

  function move(step) {
    const all = options();
    if (!all.length) return;
    const at = all.indexOf(chosen());
    choose(all[(at + step + all.length) % all.length]);
  }

  function showRecent() {
    const pages = seen().filter((page) => page.url !== location.pathname);
    if (box.value.trim() || !pages.length) return;
    const group = document.createElement("li");
    group.className = "palette-group";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", recent.dataset.title);
    const title = document.createElement("p");
    title.className = "palette-title";
    title.textContent = recent.dataset.title;
    const ways = document.createElement("ul");
    ways.setAttribute("role", "none");
    pages.forEach((page, number) => {
      const way = document.createElement("li");
      way.className = "palette-way";
      way.id = `palette-seen-${number}`;
      way.setAttribute("role", "option");
      way.dataset.url = page.url;
      way.textContent = page.name;
      ways.append(way);
    });
    group.append(title, ways);
    list.prepend(group);
  }

  function open() {
    if (dialog.open) return;
    box.value = "";
    dialog.showModal();
    box.focus();
    box.dispatchEvent(new Event("opened"));
  }

  function follow(option) {
    if (option) location.assign(option.dataset.url);
  }

  list.addEventListener("htmx:afterSwap", () => { showRecent(); choose(options()[0] || null); });
  list.addEventListener("click", (event) => follow(event.target.closest('[role="option"]')));
  box.addEventListener("keydown", (event) => {
    const does = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Home: () => choose(options()[0]),
      End: () => choose(options().at(-1)),
    }[event.key];
    if (does && !(["Home", "End"].includes(event.key) && box.value)) { event.preventDefault(); does(); }
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    if (!chosen()) return;
    event.preventDefault();
    follow(chosen());
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  for (const opener of document.querySelectorAll('[data-open="palette"]')) {
    opener.hidden = false;
    opener.addEventListener("click", open);
  }
  remember();
})();
