// One family: its picture, its other names, and the definitions that look like it.

function placeText([path, line]) {
  return make("code", { class: "place" }, `${path}:${line}`);
}

function aliasRow(alias, canonical) {
  const cell = routeCell(alias.route, alias.symbol, canonical);
  cell.append(make("div", {}, placeText(alias.at), make("code", { class: "faint" }, alias.code)));
  const kind = make("span", { class: alias.same ? "mark" : "mark risky" }, alias.same ? alias.says : `${alias.says}, another object`);
  return [cell, make("td", {}, kind), make("td", { class: "many" }, number(alias.importers)), make("td", { class: "many" }, number(alias.uses))];
}

// What differs, and what the name to keep has in its place unless that is the same text.
function differenceItem({ says, own, canonical }) {
  const places = [own && `here: ${own[0].join(":")}`, canonical && `there: ${canonical[0].join(":")}`];
  const there = own && canonical && own[1] !== canonical[1] ? [make("span", { class: "hop" }, ", there "), make("code", {}, canonical[1] || "–")] : [];
  return make("li", { title: places.filter(Boolean).join("\n") }, says, ...there);
}

function otherRow(other) {
  const note = other.kept ? `stays: ${other.kept}` : other.differs ? "no difference" : "shares only the name";
  const says = other.differs?.length ? make("ul", {}, ...other.differs.map(differenceItem)) : note;
  const cell = make("td", { class: "route" }, make("span", { class: "step" }, other.symbol), make("div", {}, placeText(other.at)));
  const alike = make("span", { class: other.kept ? "mark" : "mark risky" }, `${other.alike} %`);
  return [cell, make("td", {}, alike), make("td", { class: "many" }, number(other.importers)), make("td", {}, says)];
}

function shellWord(symbol) {
  return /^[\w.:]+$/u.test(symbol) ? symbol : `'${symbol.replaceAll("'", "'\\''")}'`;
}

function familyParts(family) {
  const { canonical, aliases, others, drawn, origin, at, what, reasons, uses, importers } = family;
  const names = drawn.nodes.length;
  const facts = [
    ["Name to keep", make("code", { class: "canonical" }, canonical), ` ${reasons.join(", ")}`],
    ["Defined", `${what} `, ...(origin ? [make("code", {}, origin), " in "] : ["in "]), placeText(at)],
    ["Read by this name", `${plural(uses, "time")} in ${plural(importers, "file")}`],
    ["A rule for it", make("code", {}, `unshim audit --canonical ${shellWord(canonical)} --propose`)],
  ];
  const parts = [make("dl", { class: "facts" }, ...facts.flatMap(([name, ...says]) => [make("dt", {}, name), make("dd", {}, ...says)]))];
  if (names > 1) parts.push(graph(drawn, plural(names, "name"), family.sum, mostFiles(drawn)));
  if (aliases.length) {
    const sorted = aliases.toSorted((a, b) => a.same - b.same || b.importers - a.importers);
    parts.push(make("h4", {}, "Other names"), table(["From the name to the definition", "Kind", "Files", "Uses"], sorted.map((alias) => aliasRow(alias, canonical))));
  }
  if (others.length) {
    const sorted = others.toSorted((a, b) => Boolean(a.kept) - Boolean(b.kept) || b.alike - a.alike);
    parts.push(make("h4", {}, "Other definitions"), table(["Definition", "Alike", "Files", "What differs from the name to keep"], sorted.map(otherRow)));
  }
  return parts;
}
