// What is shown: filters, search, and the places left alone.

const FACETS = [["rule", "Rule"], ["kind", "Kind of place"], ["safety", "Safety"]];
const chosen = { rule: new Set(), kind: new Set(), safety: new Set() };
const MOST_PLACES = 500;
let words = [];

function facetValue(mark, facet) {
  return facet === "rule" ? data.rules[mark.rule]?.id ?? "" : mark[facet];
}

function facetCounts(facet) {
  const counted = new Map();
  for (const { file } of entries) {
    for (const [mark, count] of file.marks) {
      const value = facetValue(data.marks[mark], facet);
      counted.set(value, (counted.get(value) ?? 0) + count);
    }
  }
  return [...counted].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function drawFilters() {
  for (const [facet, title] of FACETS) {
    const choices = facetCounts(facet);
    const boxes = choices.map(([value, count]) => {
      const box = make("input", { type: "checkbox", "data-facet": facet, value });
      box.addEventListener("change", () => { chosen[facet][box.checked ? "add" : "delete"](value); refresh(); });
      return make("label", {}, box, make("span", { title: value }, value), make("small", {}, count.toLocaleString("en")));
    });
    if (!choices.length) continue;
    const field = make("fieldset", {}, make("legend", { class: "hidden" }, title), ...boxes);
    const box = make("details", {}, make("summary", {}, title, make("small", {}, String(choices.length))), field);
    box.open = facet === "safety" || choices.length <= 6;
    byId("filters").append(box);
  }
}

function isChosen(facet, value) {
  return chosen[facet].size === 0 || chosen[facet].has(value);
}

function hasWords(text) {
  return words.every((word) => text.includes(word));
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
  return entry.file.marks.some(fits) && (!words.length || hasWords(fileText(entry)));
}

function isRefusalShown(refusal) {
  if (!isChosen("rule", data.rules[refusal.rule]?.id ?? "") || !isChosen("kind", refusal.kind)) return false;
  const { code, says } = data.reasons[refusal.reason];
  return !words.length || hasWords(`${refusal.path}:${refusal.line}\n${refusal.text}\n${code}\n${says}\n${refusal.kind}`.toLowerCase());
}

function refresh() {
  words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const entry of entries) {
    entry.isShown = isFileShown(entry);
    entry.card.hidden = !entry.isShown;
    if (entry.item) entry.item.hidden = !entry.isShown;
  }
  for (const pack of packages) {
    const shown = pack.members.filter((entry) => entry.isShown).length;
    pack.section.hidden = pack.branch.hidden = !shown;
    pack.badge.textContent = shown === pack.members.length ? shown : `${shown} of ${pack.members.length}`;
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
    const list = make("ul");
    const group = make("details", { class: "reason" }, make("summary", {}, make("b", {}, members.length.toLocaleString("en")), " ", make("span", {}, says), " ", make("code", {}, code)), list);
    group.addEventListener("toggle", () => { if (group.open && !list.childElementCount) fillReason(list, members, MOST_PLACES); });
    group.open = isOpen;
    return group;
  });
  if (!parts.length) parts.push(make("p", { class: "empty" }, data.refusals.length ? "No place fits the search and the filters." : "Nothing: every place is rewritten."));
  if (data.mentions.length) {
    const ends = data.mentions.map(([end, count]) => `${count.toLocaleString("en")} in ${end ? "." + end : "files without an ending"}`);
    parts.push(make("p", { class: "faint" }, `Also mentioned, never edited: ${ends.join(", ")}`));
  }
  byId("left-count").textContent = shown.length.toLocaleString("en");
  byId("left").replaceChildren(byId("left-title"), ...parts);
  return shown.length;
}

function fillReason(list, members, most) {
  list.replaceChildren(...members.slice(0, most).map((refusal) => make("li", {}, placeOf(refusal), " ",
    make("span", {}, refusal.text), " ", make("span", { class: "mark" }, refusal.kind))));
  if (members.length <= most) return;
  const rest = make("button", { type: "button" }, `Show ${plural(members.length - most, "more place")}`);
  rest.addEventListener("click", () => fillReason(list, members, members.length));
  list.append(make("li", {}, rest));
}

// The place, as a link if its file changes elsewhere.
function placeOf({ path, line, column }) {
  const code = make("code", { class: "place" }, `${path}:${line}:${column}`);
  const entry = byPath.get(path);
  return entry ? make("a", { href: `#f${entry.index}` }, code) : code;
}
