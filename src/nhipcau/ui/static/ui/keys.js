/* Keyboard: / searches, g and a letter goes, j and k move in a list, ? shows them; what a screen offers besides names its
   key in data-press. Everything works without this file. */
"use strict";
(() => {
  const help = document.getElementById("keys");
  const opener = document.querySelector('[data-open="keys"]');
  let going = 0;

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
  const items = () => [...document.querySelectorAll("[data-list] > [data-item]")];

  function move(step) {
    const all = items();
    if (!all.length) return;
    const at = all.findIndex((item) => item.contains(document.activeElement));
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    next.querySelector("a, input, button")?.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function go(key) {
    const link = /^[a-z]$/.test(key) && document.querySelector(`.places a[data-key="${key}"]`);
    if (link) link.click();
    return Boolean(link);
  }

  /* The key of a button belongs to the item that has the focus before it belongs to the page. */
  function pressed(key) {
    const wanted = `[data-press="${CSS.escape(key)}"]`;
    const item = document.activeElement.closest("[data-item]");
    const found = [...(item ? item.querySelectorAll(wanted) : []), ...document.querySelectorAll(wanted)]
      .find((each) => each.offsetParent !== null && (item?.contains(each) || !each.closest("[data-item]")));
    if (!found) return false;
    // What cannot be undone by the next key asks for Enter besides.
    if (found.hasAttribute("data-first-focus")) { found.focus(); return true; }
    found.click();
    if (found.matches("summary")) found.focus();
    return true;
  }

  /* What this screen offers by a key, each key once, in the order of the screen. */
  function showHelp() {
    const list = help.querySelector("[data-screen-keys]");
    list.replaceChildren();
    const told = new Set();
    for (const each of document.querySelectorAll("[data-press]")) {
      if (each.offsetParent === null || told.has(each.dataset.press)) continue;
      told.add(each.dataset.press);
      const row = document.createElement("div");
      const key = document.createElement("kbd");
      key.textContent = each.dataset.press;
      row.append(document.createElement("dt"), document.createElement("dd"));
      row.firstChild.append(key);
      row.lastChild.textContent = [...each.childNodes].filter((node) => node.nodeName !== "KBD").map((node) => node.textContent).join("").trim();
      list.append(row);
    }
    list.parentElement.querySelector("[data-screen-title]").hidden = !told.size;
    help.showModal();
  }

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    const waiting = Date.now() - going < 1500;
    going = 0;
    if (waiting && go(event.key)) return event.preventDefault();
    const does = {
      "/": () => document.querySelector('[data-key="/"]')?.focus(),
      "?": () => help && showHelp(),
      g: () => { going = Date.now(); },
      j: () => move(1),
      k: () => move(-1),
    }[event.key];
    if (does) { event.preventDefault(); does(); } else if (event.key.length === 1 && pressed(event.key)) event.preventDefault();
  }

  document.addEventListener("keydown", press);
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.who[open], details.nav-more[open], details.nav-all[open], details.tool[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.who[open], details.nav-more[open], details.nav-all[open], details.tool[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  if (opener && help) {
    opener.hidden = false;
    opener.addEventListener("click", showHelp);
  }
})();
