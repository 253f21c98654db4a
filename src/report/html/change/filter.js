// What is shown: filters, search, and the places left alone.

const FACETS = [["rule", "Rule"], ["kind", "Kind of place"], ["safety", "Safety"]];

function facetValue(mark, facet) {
  return facet === "rule" ? data.rules[mark.rule]?.id ?? "" : mark[facet];
}

// How many edits there are of each value.
function facetCounts(facet) {
  const counted = new Map();
  for (const { file } of entries) {
    for (const [mark, count] of file.marks) {
      const value = facetValue(data.marks[mark], facet);
      counted.set(value, (counted.get(value) ?? 0) + count);
    }
  }
  return counted;
}

// The folder at the top of the tree in which a file lies.
function area(path) {
  const cut = path.indexOf("/");
  return cut < 0 ? "top folder" : path.slice(0, cut);
}

function drawFilters() {
  for (const [facet, title] of FACETS) drawFacet(facet, title, facetCounts(facet), facet === "safety" || undefined);
  drawFacet("area", "Package", tally(entries.map(({ file }) => area(file.path))));
}

// All that a search looks at in a file: its path and the lines that change.
function fileText(entry) {
  if (entry.text === undefined) {
    const lines = entry.file.hunks.flatMap((hunk) => hunk.lines.map(readLine)).filter((line) => line.sign !== " ");
    entry.text = [entry.file.path, ...lines.map((line) => line.text)].join("\n").toLowerCase();
  }
  return entry.text;
}

function isFileShown(entry) {
  const fits = ([mark]) => FACETS.every(([facet]) => isChosen(facet, facetValue(data.marks[mark], facet)));
  return isChosen("area", area(entry.file.path)) && entry.file.marks.some(fits) && (!words.length || hasWords(fileText(entry)));
}

function isRefusalShown(refusal) {
  if (!isChosen("rule", data.rules[refusal.rule]?.id ?? "") || !isChosen("kind", refusal.kind)) return false;
  if (!isChosen("area", area(refusal.path))) return false;
  const { code, says } = data.reasons[refusal.reason];
  return !words.length || hasWords(`${refusal.path}:${refusal.line}\n${refusal.text}\n${code}\n${says}\n${refusal.kind}`.toLowerCase());
}

function refresh() {
  for (const entry of entries) {
    entry.isShown = isFileShown(entry);
    entry.card.hidden = !entry.isShown;
    if (entry.item) entry.item.hidden = !entry.isShown;
  }
  for (const { members, section, branch, badge } of groups) {
    const shown = members.filter((entry) => entry.isShown).length;
    section.hidden = branch.hidden = !shown;
    badge.textContent = shown === members.length ? number(shown) : `${number(shown)} of ${number(members.length)}`;
  }
  const shown = entries.filter((entry) => entry.isShown).length, places = drawLeft();
  const isAll = shown === entries.length && places === data.refusals.length;
  const text = isAll ? "" : `${plural(shown, "file")}, ${plural(places, "place")} left alone`;
  byId("shown").textContent = text;
  byId("none").hidden = shown > 0;
  byId("none").textContent = entries.length ? "No file fits the search and the filters." : "No file changes.";
  cursor.entry = null;
}

// The groups of places left alone, the largest first; the number of places.
function drawLeft() {
  const shown = data.refusals.filter(isRefusalShown);
  const groups = [...Map.groupBy(shown, (refusal) => refusal.reason)].sort((a, b) => b[1].length - a[1].length);
  const isOpen = shown.length <= 60 || words.length > 0;
  const parts = groups.map(([reason, members]) => {
    const { code, says } = data.reasons[reason];
    const summary = make("summary", {}, make("b", {}, number(members.length)), " ", make("span", {}, says), " ", make("code", {}, code));
    return lazy({ class: "reason" }, summary, () => [longList(members, placeParts, "place")], isOpen);
  });
  if (!parts.length) parts.push(make("p", { class: "empty" }, data.refusals.length ? "No place fits the search and the filters." : "Nothing: every place is rewritten."));
  if (data.mentions.length) {
    const ends = data.mentions.map(([end, count]) => `${number(count)} in ${end ? "." + end : "files without an ending"}`);
    parts.push(make("p", { class: "faint" }, `Also mentioned, never edited: ${ends.join(", ")}`));
  }
  byId("left-count").textContent = number(shown.length);
  byId("left").replaceChildren(byId("left-title"), ...parts);
  return shown.length;
}

function placeParts(refusal) {
  return [placeOf(refusal), " ", make("span", {}, refusal.text), " ", make("span", { class: "mark" }, refusal.kind)];
}

// The place, as a link if its file changes elsewhere.
function placeOf({ path, line, column }) {
  const code = make("code", { class: "place" }, `${path}:${line}:${column}`);
  const entry = byPath.get(path);
  return entry ? make("a", { href: `#f${entry.index}` }, code) : code;
}
