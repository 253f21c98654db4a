// The page as a whole: numbers, rules, keys, themes.

const cursor = { entry: null, hunk: -1 };

function drawProof() {
  const { references, proven, refused, unchanged } = data.proof;
  const kinds = [["edited", data.edited], ["deleted", data.deleted], ["new", data.created]].filter(([, count]) => count);
  const changed = kinds.map(([name, count]) => `${number(count)} ${name}`).join(", ") || "none changed";
  const tiles = [
    tile(references, "references seen", "to the names of the rules"),
    tile(proven, "proven", "end at the canonical definition"),
    tile(refused, "left alone", "each with its reason, below"),
    tile(unchanged, "unchanged", "end where they ended before"),
    tile(data.files.length, data.files.length === 1 ? "file" : "files", `${changed}; ${number(data.read)} read`),
    tile(data.shims_removed, data.shims_removed === 1 ? "shim removed" : "shims removed", data.shims_held ? `${number(data.shims_held)} held by what stays` : "none is held"),
  ];
  byId("proof").append(make("dl", { class: "tiles" }, ...tiles));
  if (!references) return;
  const percent = ((100 * proven) / references).toFixed(proven === references ? 0 : 1);
  const meter = make("meter", { min: 0, max: references, value: proven, "aria-label": "references proven" }, `${percent} %`);
  byId("proof").append(make("p", { class: "share" }, meter, `${percent} % of the references are proven`));
}

const FATES = { removed: "goes", held: "is held", stays: "stays", unsaid: "was not there" };

function aliasRow(alias, canonical) {
  const [before, after] = alias.files, fate = alias.merged ? `${FATES[alias.fate]}; merged: another object` : FATES[alias.fate];
  return [routeCell(alias.route, alias.symbol, canonical), make("td", { class: "many" }, `${number(before)} → ${number(after)}`), make("td", {}, fate)];
}

function graphSays({ nodes }) {
  const [[, , direct], ...others] = nodes, through = others.reduce((total, [, , files]) => total + files, 0);
  const own = direct === null ? [] : [`${plural(direct, "file")} to the canonical name`];
  return [plural(nodes.length, "name"), ...own, `${number(through)} through ${plural(others.length, "other name")}`].join(", ");
}

function ruleParts(rule) {
  const most = mostFiles(rule.before, rule.after);
  const graphs = make("div", { class: "graphs" }, graph(rule.before, "Before", graphSays(rule.before), most), graph(rule.after, "After", graphSays(rule.after), most));
  const why = rule.why ? [make("p", {}, rule.why)] : [];
  const heads = ["From the name to the definition", "Files that read it", "What becomes of it"];
  return [...why, graphs, table(heads, rule.aliases.map((alias) => aliasRow(alias, rule.canonical)))];
}

function drawRules() {
  const edits = facetCounts("rule"), left = Map.groupBy(data.refusals, (refusal) => refusal.rule);
  const isAtWork = (rule, index) => edits.has(rule.id) || left.has(index);
  const isOpen = data.rules.filter(isAtWork).length <= 3;
  data.rules.forEach((rule, index) => {
    if (!isAtWork(rule, index)) return;
    const summary = make("summary", {}, make("h3", {}, rule.id), make("code", { class: "canonical" }, rule.canonical),
      make("small", {}, `${plural(edits.get(rule.id) ?? 0, "edit")}, ${number(left.get(index)?.length ?? 0)} left alone`));
    byId("rules").append(lazy({ class: "rule" }, summary, () => ruleParts(rule), isOpen));
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

const KEYS = {
  j: () => stepFile(1),
  k: () => stepFile(-1),
  n: () => stepHunk(1),
  p: () => stepHunk(-1),
  v: viewAndGoOn,
  x: () => { const entry = currentEntry(); if (entry) { toggleFold(entry); visit(entry); } },
  u: () => setSplit(!isSplit),
};

function leave() {
  cursor.entry = null;
}

function go(name) {
  const entry = /^f\d+$/.test(name) && entries[name.slice(1)];
  if (entry) visit(entry);
  return Boolean(entry);
}

function drawAll() {
  entries.filter((entry) => entry.isShown).forEach(draw);
  unfold(document.querySelectorAll("main details"));
}

byId("view").textContent = isSplit ? "Unified" : "Side by side";
byId("view").addEventListener("click", () => setSplit(!isSplit));
document.body.classList.toggle("split", isSplit);
drawProof();
drawRules();
drawFilters();
drawChanges();
drawLeft();
showProgress();
listen({ keys: KEYS, refresh, go, leave, drawAll });
