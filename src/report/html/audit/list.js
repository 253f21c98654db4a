// The families, drawn when they come into view: their order, and which of them are shown.

const DECISION = ["needs a decision", "same object everywhere"];
const HEIGHT = 58, AHEAD = "1200px";

// The folder at the top of the tree in which a family is defined.
function area([path]) {
  const cut = path.indexOf("/");
  return cut < 0 ? "top folder" : path.slice(0, cut);
}

const entries = data.families.map((family, index) => {
  const kinds = [...new Set([...family.aliases.map((alias) => alias.says), ...(family.others.length ? ["other definition"] : [])])];
  const files = family.aliases.reduce((total, alias) => total + alias.importers, 0);
  const facets = { decision: [DECISION[family.decisions ? 0 : 1]], kind: kinds, what: [family.what], area: [area(family.at)] };
  return { family, index, facets, files, isShown: true };
});
let ordered = entries;
let current = null;

const observer = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) if (isIntersecting) draw(entries[target.dataset.index]);
}, { rootMargin: `${AHEAD} 0px` });

const ORDERS = {
  cost: ["what it costs", (a, b) => a.index - b.index],
  files: ["files that read another name", (a, b) => b.files - a.files || a.index - b.index],
  names: ["number of names", (a, b) => b.family.drawn.nodes.length - a.family.drawn.nodes.length || a.index - b.index],
  name: ["name", (a, b) => (parted(a.family.canonical)[1] < parted(b.family.canonical)[1] ? -1 : 1)],
};

const FACETS = [["decision", "Decision"], ["kind", "Kind of name"], ["what", "What it is"], ["area", "Package"]];

// All that a search looks at in a family: its names, and where they are bound.
function familyText(entry) {
  if (entry.text === undefined) {
    const { canonical, origin, at, aliases, others } = entry.family;
    const members = [...aliases, ...others].map((member) => `${member.symbol}\n${member.at.join(":")}`);
    entry.text = [canonical, origin ?? "", at.join(":"), ...members].join("\n").toLowerCase();
  }
  return entry.text;
}

function familySummary({ family, index, files }) {
  const [module, name] = parted(family.canonical), others = family.drawn.nodes.length - 1;
  const cost = `rank ${number(index + 1)}, cost ${number(Math.round(family.score))}: names × files that read them × paths`;
  return make("summary", { title: cost }, make("span", { class: "rank" }, number(index + 1)), make("h3", {}, name), make("code", { class: "module" }, module),
    make("span", { class: family.decisions ? "mark risky" : "mark" }, family.verdict),
    make("small", {}, `${plural(others, "other name")}, ${plural(files, "file")}`));
}

function draw(entry) {
  if (entry.part) return;
  observer.unobserve(entry.card);
  entry.card.style.height = "";
  entry.part = lazy({ class: "rule" }, familySummary(entry), () => familyParts(entry.family), false);
  entry.card.append(entry.part);
}

function drawList() {
  for (const entry of entries) {
    entry.card = make("li", { id: `f${entry.index}`, "data-index": entry.index });
    entry.card.style.height = `${HEIGHT}px`;
    observer.observe(entry.card);
  }
  byId("order").append(...Object.entries(ORDERS).map(([by, [title]]) => make("option", { value: by }, title)));
  byId("order").addEventListener("change", order);
  order();
}

function order() {
  ordered = entries.toSorted(ORDERS[byId("order").value][1]);
  byId("list").append(...ordered.map((entry) => entry.card));
}

function isFamilyShown(entry) {
  return FACETS.every(([facet]) => entry.facets[facet].some((value) => isChosen(facet, value))) && (!words.length || hasWords(familyText(entry)));
}

function refresh() {
  for (const entry of entries) {
    entry.isShown = isFamilyShown(entry);
    entry.card.hidden = !entry.isShown;
  }
  const shown = entries.filter((entry) => entry.isShown).length;
  byId("family-count").textContent = number(shown);
  byId("none").hidden = shown > 0;
  byId("none").textContent = entries.length ? "No family fits the search and the filters." : "Nothing is there twice.";
  byId("progress").textContent = shown < entries.length ? `${number(shown)} of ${plural(entries.length, "family", "families")}` : plural(shown, "family", "families");
  drawProblems();
  leave();
}
