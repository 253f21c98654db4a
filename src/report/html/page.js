// The page as a whole: numbers, rules, keys, themes.

const cursor = { entry: null, hunk: -1 };

function tile(count, name, says) {
  return make("div", {}, make("dt", {}, name), make("dd", {}, make("b", {}, count.toLocaleString("en")), make("span", {}, says)));
}

function drawProof() {
  const { references, proven, refused, unchanged } = data.proof;
  const kinds = [["edited", data.edited], ["deleted", data.deleted], ["new", data.created]].filter(([, count]) => count);
  const changed = kinds.map(([name, count]) => `${count.toLocaleString("en")} ${name}`).join(", ") || "none changed";
  const tiles = [
    tile(references, "references seen", "to the names of the rules"),
    tile(proven, "proven", "end at the canonical definition"),
    tile(refused, "left alone", "each with its reason, below"),
    tile(unchanged, "unchanged", "end where they ended before"),
    tile(data.files.length, data.files.length === 1 ? "file" : "files", `${changed}; ${data.read.toLocaleString("en")} read`),
    tile(data.shims_removed, data.shims_removed === 1 ? "shim removed" : "shims removed", data.shims_held ? `${data.shims_held.toLocaleString("en")} held by what stays` : "none is held"),
  ];
  byId("proof").append(make("dl", { class: "tiles" }, ...tiles));
  if (!references) return;
  const percent = ((100 * proven) / references).toFixed(proven === references ? 0 : 1);
  const meter = make("meter", { min: 0, max: references, value: proven, "aria-label": "references proven" }, `${percent} %`);
  byId("proof").append(make("p", { class: "share" }, meter, `${percent} % of the references are proven`));
}

const FATES = { removed: "its shim goes", held: "its shim is held", stays: "stays", unsaid: "" };

function routeCell(alias, canonical) {
  const steps = alias.route.flatMap(({ symbol, path, line, hop }) => [
    make("span", { class: symbol === canonical ? "step canonical" : "step", title: `${path}:${line}` }, symbol),
    hop === "definition" ? "" : make("span", { class: "hop" }, ` ${hop} → `),
  ]);
  const unknown = [make("span", { class: "step" }, alias.symbol), make("span", { class: "hop" }, " by its path → "), make("span", { class: "step canonical" }, canonical)];
  return make("td", { class: "route" }, ...(steps.length ? steps : unknown));
}

function ruleTable(rule) {
  const head = make("tr", {}, ...["From alias to definition", "What becomes of it"].map((name) => make("th", { scope: "col" }, name)));
  const rows = rule.aliases.map((alias) => make("tr", {}, routeCell(alias, rule.canonical),
    make("td", {}, [alias.merged ? "merged: another object" : "", FATES[alias.fate]].filter(Boolean).join("; ") || "—")));
  return make("table", { class: "aliases" }, make("thead", {}, head), make("tbody", {}, ...rows));
}

function drawRules() {
  const edits = new Map(facetCounts("rule")), left = Map.groupBy(data.refusals, (refusal) => refusal.rule);
  const isAtWork = (rule, index) => edits.has(rule.id) || left.has(index);
  const isOpen = data.rules.filter(isAtWork).length <= 3;
  data.rules.forEach((rule, index) => {
    if (!isAtWork(rule, index)) return;
    const summary = make("summary", {}, make("h3", {}, rule.id), make("code", { class: "canonical" }, rule.canonical),
      make("small", {}, `${plural(edits.get(rule.id) ?? 0, "edit")}, ${(left.get(index)?.length ?? 0).toLocaleString("en")} left alone`));
    const part = make("details", { class: "rule" }, summary);
    part.addEventListener("toggle", () => {
      if (part.childElementCount === 1) part.append(...(rule.why ? [make("p", {}, rule.why)] : []), make("div", { class: "wide" }, ruleTable(rule)));
    });
    part.open = isOpen;
    byId("rules").append(part);
  });
  const idle = data.rules.length - byId("rules").querySelectorAll(".rule").length;
  if (idle) byId("rules").append(make("p", { class: "faint" }, `${plural(idle, "rule finds", "rules find")} nothing here.`));
}

// The file at the top of the window, unless a key has just led to one.
function currentEntry() {
  if (cursor.entry?.isShown) return cursor.entry;
  const top = document.querySelector(".top").offsetHeight + 12;
  const passed = ordered.filter((entry) => entry.isShown && entry.card.getBoundingClientRect().top <= top);
  return passed.at(-1) ?? null;
}

function visit(entry, hunk = -1) {
  draw(entry);
  Object.assign(cursor, { entry, hunk });
  document.querySelectorAll(".here").forEach((element) => element.classList.remove("here"));
  document.querySelector("[aria-current]")?.removeAttribute("aria-current");
  const target = hunk < 0 ? entry.card : entry.card.querySelectorAll("tbody")[hunk];
  target.classList.add("here");
  (hunk < 0 ? entry.card.querySelector("h4") : target).focus({ preventScroll: true });
  target.scrollIntoView({ block: hunk < 0 ? "start" : "nearest" });
  entry.link?.setAttribute("aria-current", "true");
  entry.link?.scrollIntoView({ block: "nearest" });
}

function neighbour(entry, step) {
  const shown = ordered.filter((other) => other.isShown);
  if (!entry) return step > 0 ? shown[0] : undefined;
  return shown[shown.indexOf(entry) + step];
}

function stepFile(step) {
  const entry = neighbour(currentEntry(), step);
  if (entry) visit(entry);
}

function stepHunk(step) {
  let entry = currentEntry();
  let hunk = entry === cursor.entry ? cursor.hunk + step : step > 0 ? 0 : -1;
  const count = (one) => (one.isFolded ? 0 : one.isDrawn || one.lines <= MOST_LINES || one.isAsked ? one.file.hunks.length : 0);
  while (!entry || hunk < 0 || hunk >= count(entry)) {
    entry = neighbour(entry, step);
    if (!entry) return;
    hunk = step > 0 ? 0 : count(entry) - 1;
  }
  draw(entry);
  if (entry.card.querySelectorAll("tbody").length) visit(entry, hunk);
}

function viewAndGoOn() {
  const entry = currentEntry();
  if (!entry) return;
  const next = neighbour(entry, 1) ?? entry;
  setViewed(entry, !viewed.has(entry.file.path));
  visit(viewed.has(entry.file.path) ? next : entry);
}

function setSplit(wanted) {
  isSplit = wanted;
  store.write("unshim:split", isSplit);
  const here = currentEntry();
  byId("view").textContent = isSplit ? "Unified" : "Side by side";
  document.body.classList.toggle("split", isSplit);
  entries.filter((entry) => entry.isDrawn).forEach(undraw);
  if (here) visit(here);
}

const THEMES = ["system", "light", "dark"];

function setTheme(theme) {
  store.write("unshim:theme", theme);
  document.documentElement.dataset.theme = theme;
  byId("theme").textContent = `Theme: ${theme}`;
}

const KEYS = {
  j: () => stepFile(1),
  k: () => stepFile(-1),
  n: () => stepHunk(1),
  p: () => stepHunk(-1),
  v: viewAndGoOn,
  x: () => { const entry = currentEntry(); if (entry) { toggleFold(entry); visit(entry); } },
  u: () => setSplit(!isSplit),
  "/": () => { showSide(true); byId("search").select(); },
  "?": () => byId("help").showModal(),
};

function onKey(event) {
  const isWriting = event.target.matches("input[type=search]");
  if (event.key === "Escape" && isWriting) {
    byId("search").value = "";
    byId("search").blur();
    refresh();
  }
  if (isWriting || event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  if (Object.hasOwn(KEYS, event.key)) {
    event.preventDefault();
    KEYS[event.key]();
  } else if (["PageDown", "PageUp", "Home", "End", "ArrowDown", "ArrowUp", " "].includes(event.key)) {
    cursor.entry = null;
  }
}

function showSide(isOpen) {
  byId("side").classList.toggle("open", isOpen);
  byId("menu").setAttribute("aria-expanded", String(isOpen));
}

function onLink(event) {
  const target = event.target.closest?.("a[href^='#']");
  if (!target) return;
  showSide(false);
  cursor.entry = null;
  const entry = entries[target.getAttribute("href").slice(2)];
  if (!entry) return;
  event.preventDefault();
  history.replaceState(null, "", `#f${entry.index}`);
  visit(entry);
}

function listen() {
  let waiting = 0;
  byId("search").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(refresh, 120); });
  byId("view").addEventListener("click", () => setSplit(!isSplit));
  byId("theme").addEventListener("click", () => setTheme(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length]));
  byId("keys").addEventListener("click", () => byId("help").showModal());
  byId("menu").addEventListener("click", () => showSide(!byId("side").classList.contains("open")));
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onLink);
  for (const name of ["wheel", "touchmove"]) addEventListener(name, () => { cursor.entry = null; }, { passive: true });
  addEventListener("beforeprint", drawAll);
}

// Paper has no window to scroll and nothing to unfold.
function drawAll() {
  entries.filter((entry) => entry.isShown).forEach(draw);
  for (const part of document.querySelectorAll(".rule, .reason")) {
    part.open = true;
    part.dispatchEvent(new Event("toggle"));
  }
}

setTheme(THEMES.includes(store.read("unshim:theme")) ? store.read("unshim:theme") : "system");
byId("view").textContent = isSplit ? "Unified" : "Side by side";
document.body.classList.toggle("split", isSplit);
drawProof();
drawRules();
drawFilters();
drawPackages();
drawTree();
drawLeft();
showProgress();
listen();
if (entries[location.hash.slice(2)]) visit(entries[location.hash.slice(2)]);
