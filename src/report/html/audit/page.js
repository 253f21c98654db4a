// The page as a whole: numbers, problems, keys.

function drawNumbers() {
  const { families, problems } = data, total = (values) => values.reduce((sum, value) => sum + value, 0);
  const aliases = total(families.map((family) => family.aliases.length)), found = total(problems.map(({ places }) => places.length));
  const others = total(families.map((family) => family.others.length));
  const tiles = [
    tile(families.length, families.length === 1 ? "family" : "families", "objects with more than one name"),
    tile(aliases, "other names", "of these objects"),
    tile(total(entries.map((entry) => entry.files)), "detours taken", "files that read another name, name by name"),
    tile(families.filter((family) => family.decisions).length, "need a decision", `${plural(others, "other definition")} of the same name or code`),
    tile(found, found === 1 ? "problem" : "problems", "found besides, below"),
    tile(data.read, data.read === 1 ? "file" : "files", "read"),
  ];
  byId("numbers").append(make("dl", { class: "tiles" }, ...tiles));
}

function problemParts([at, what]) {
  return [placeText(at), " ", make("span", {}, what)];
}

function drawProblems() {
  let found = 0;
  const groups = data.problems.map(({ kind, says, places }) => {
    const shown = words.length ? places.filter(([at, what]) => hasWords(`${at.join(":")}\n${what}\n${kind}`.toLowerCase())) : places;
    found += shown.length;
    const summary = make("summary", {}, make("b", {}, number(shown.length)), " ", make("span", {}, says.replace(/^[\d,]+ /, "")), " ", make("code", {}, kind));
    return shown.length ? [lazy({ class: "reason" }, summary, () => [longList(shown, problemParts, "place")], words.length > 0 && shown.length <= 60)] : [];
  });
  byId("problem-count").textContent = number(found);
  const none = make("p", { class: "empty" }, data.problems.length ? "No problem fits the search." : "None.");
  byId("kinds").replaceChildren(...(found ? groups.flat() : [none]));
}

// The family at the top of the window, unless a key has just led to one.
function currentEntry() {
  if (current?.isShown) return current;
  const top = document.querySelector(".top").offsetHeight + 12;
  return ordered.findLast((entry) => entry.isShown && entry.card.getBoundingClientRect().top <= top) ?? null;
}

function visit(entry) {
  draw(entry);
  current = entry;
  document.querySelector(".here")?.classList.remove("here");
  entry.card.classList.add("here");
  entry.part.querySelector("summary").focus({ preventScroll: true });
  entry.card.scrollIntoView({ block: "start" });
}

function step(by, isWanted) {
  const shown = ordered.filter((entry) => entry.isShown), at = shown.indexOf(currentEntry());
  const rest = by > 0 ? shown.slice(at + 1) : shown.slice(0, Math.max(at, 0)).reverse();
  const entry = rest.find(isWanted);
  if (entry) visit(entry);
}

function toggle() {
  const entry = currentEntry();
  if (!entry) return;
  visit(entry);
  entry.part.open = !entry.part.open;
}

function leave() {
  current = null;
}

function go(name) {
  const entry = /^f\d+$/.test(name) && entries[name.slice(1)];
  if (!entry) return false;
  visit(entry);
  entry.part.open = true;
  return true;
}

const KEYS = {
  j: () => step(1, () => true),
  k: () => step(-1, () => true),
  n: () => step(1, (entry) => entry.family.decisions),
  p: () => step(-1, (entry) => entry.family.decisions),
  x: toggle,
};

// On paper a few families are open, of many only those that somebody has opened.
function drawAll() {
  const shown = entries.filter((entry) => entry.isShown);
  shown.forEach(draw);
  if (shown.length <= 50) unfold(document.querySelectorAll("main details"));
}

drawNumbers();
for (const [facet, title] of FACETS) drawFacet(facet, title, tally(entries.flatMap((entry) => entry.facets[facet])), facet !== "area" && undefined);
drawList();
refresh();
listen({ keys: KEYS, refresh, go, leave, drawAll });
