// What every page has: elements, what the browser keeps, themes, the side, keys.

const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);

// An element with attributes; text among its children stays text.
function make(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined && value !== "") element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

function number(count) {
  return count.toLocaleString("en");
}

function plural(count, one, many = one + "s") {
  return `${number(count)} ${count === 1 ? one : many}`;
}

function tile(count, name, says) {
  return make("div", {}, make("dt", {}, name), make("dd", {}, make("b", {}, number(count)), make("span", {}, says)));
}

// A table whose cells have names of their own where there is no room for its head.
function table(heads, rows) {
  const head = make("tr", {}, ...heads.map((name) => make("th", { scope: "col" }, name)));
  const body = rows.map((cells) => make("tr", {}, ...cells));
  for (const row of body) [...row.cells].forEach((cell, index) => { cell.dataset.name = heads[index]; });
  return make("div", { class: "wide" }, make("table", { class: "aliases" }, make("thead", {}, head), make("tbody", {}, ...body)));
}

// A part that is made when it is opened for the first time.
function lazy(attributes, summary, makeParts, isOpen) {
  const part = make("details", attributes, summary);
  part.addEventListener("toggle", () => { if (part.open && part.childElementCount === 1) part.append(...makeParts()); });
  part.open = isOpen;
  return part;
}

function unfold(parts) {
  for (const part of parts) {
    part.open = true;
    part.dispatchEvent(new Event("toggle"));
  }
}

// A list of which the first members stand there, and the others behind a button.
function longList(members, makeItem, noun, most = 500) {
  const list = make("ul");
  const show = (count) => {
    list.replaceChildren(...members.slice(0, count).map((member) => make("li", {}, ...makeItem(member))));
    if (members.length <= count) return;
    const rest = make("button", { type: "button" }, `Show ${plural(members.length - count, `more ${noun}`)}`);
    rest.addEventListener("click", () => show(members.length));
    list.append(make("li", {}, rest));
  };
  show(most);
  return list;
}

const store = {
  read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* a page from a file may not keep anything */ } },
};

// Words of the search, and the values that are chosen of each facet.
let words = [];
const chosen = {};

function isChosen(facet, value) {
  return !chosen[facet]?.size || chosen[facet].has(value);
}

function hasWords(text) {
  return words.every((word) => text.includes(word));
}

// The boxes of one facet, with how many there are of each value, the most first.
function drawFacet(facet, title, counted, isOpen) {
  chosen[facet] = new Set();
  const choices = [...counted].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (!choices.length) return;
  const boxes = choices.map(([value, count]) => {
    const box = make("input", { type: "checkbox", "data-facet": facet, value });
    box.addEventListener("change", () => { chosen[facet][box.checked ? "add" : "delete"](value); page.refresh(); });
    return make("label", {}, box, make("span", { title: value }, value), make("small", {}, number(count)));
  });
  const field = make("fieldset", {}, make("legend", { class: "hidden" }, title), ...boxes);
  const part = make("details", {}, make("summary", {}, title, make("small", {}, String(choices.length))), field);
  part.open = isOpen ?? choices.length <= 6;
  byId("filters").append(part);
}

function tally(values) {
  const counted = new Map();
  for (const value of values) counted.set(value, (counted.get(value) ?? 0) + 1);
  return counted;
}

const THEMES = ["system", "light", "dark"];

function setTheme(theme) {
  store.write("unshim:theme", theme);
  document.documentElement.dataset.theme = theme;
  byId("theme").textContent = `Theme: ${theme}`;
}

function showSide(isOpen) {
  byId("side").classList.toggle("open", isOpen);
  byId("menu").setAttribute("aria-expanded", String(isOpen));
}

function search() {
  words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  page.refresh();
}

function onKey(event) {
  const isWriting = event.target.matches("input[type=search]");
  if (event.key === "Escape" && isWriting) {
    byId("search").value = "";
    byId("search").blur();
    search();
  } else if (event.key === "Escape") {
    showSide(false);
  }
  if (isWriting || event.target.matches("select") || event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  if (Object.hasOwn(page.keys, event.key)) {
    event.preventDefault();
    page.keys[event.key]();
  } else if (["PageDown", "PageUp", "Home", "End", "ArrowDown", "ArrowUp", " "].includes(event.key)) {
    page.leave();
  }
}

function onLink(event) {
  const target = event.target.closest?.("a[href^='#']");
  if (!target) return;
  showSide(false);
  page.leave();
  const name = target.getAttribute("href");
  if (!page.go(name.slice(1))) return;
  event.preventDefault();
  history.replaceState(null, "", name);
}

// `page` is what one page does of its own: `keys`, `refresh` after a search, `go` to a link, `leave` the place where a key
// has led, and `drawAll` for paper, which has no window to scroll and nothing to unfold.
let page;

function listen(own) {
  let waiting = 0;
  page = own;
  page.keys["/"] = () => { showSide(true); byId("search").select(); };
  page.keys["?"] = () => byId("help").showModal();
  setTheme(THEMES.includes(store.read("unshim:theme")) ? store.read("unshim:theme") : "system");
  byId("search").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 120); });
  byId("theme").addEventListener("click", () => setTheme(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length]));
  byId("keys").addEventListener("click", page.keys["?"]);
  byId("menu").addEventListener("click", () => showSide(!byId("side").classList.contains("open")));
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onLink);
  for (const name of ["wheel", "touchmove"]) addEventListener(name, page.leave, { passive: true });
  addEventListener("beforeprint", page.drawAll);
  page.go(location.hash.slice(1));
}
