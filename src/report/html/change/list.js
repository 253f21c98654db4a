// The files: their cards, drawn when they come into view, and their list at the side.

const ACTIONS = { edit: "", delete: "deleted", create: "new" };
// Longer diffs wait for a click.
const MOST_LINES = 3000;
// With more files than this their list opens package by package.
const MOST_OPEN = 300;
const ROW = 21, HEADING = 46, AHEAD = "1500px";

const VIEWED = `unshim:viewed:${byId("data").dataset.word}`;
const viewed = new Set(store.read(VIEWED));
let isSplit = store.read("unshim:split") === true;

const entries = data.files.map((file, index) => {
  const cut = file.path.lastIndexOf("/");
  const lines = file.hunks.reduce((sum, hunk) => sum + hunk.lines.length + 1.5, 0);
  const isFolded = viewed.has(file.path);
  return { file, index, lines, isFolded, isShown: true, isDrawn: false, folder: file.path.slice(0, Math.max(cut, 0)), name: file.path.slice(cut + 1) };
});
// The files group by group, as they are drawn.
let groups = [], ordered = [];

const byPath = new Map(entries.map((entry) => [entry.file.path, entry]));
const leftByPath = Map.groupBy(data.refusals, (refusal) => refusal.path);

const observer = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) if (isIntersecting) draw(entries[target.dataset.index]);
}, { rootMargin: `${AHEAD} 0px` });

function counts(added, removed) {
  return make("span", { class: "counts" },
    make("span", { class: "plus", "aria-label": plural(added, "line") + " added" }, `+${added}`), " ",
    make("span", { class: "minus", "aria-label": plural(removed, "line") + " removed" }, `−${removed}`));
}

function sum(members, key) {
  return members.reduce((total, entry) => total + entry.file[key], 0);
}

function draw(entry) {
  if (entry.isDrawn) return;
  entry.isDrawn = true;
  observer.unobserve(entry.card);
  entry.card.style.height = "";
  entry.card.replaceChildren(cardHeading(entry), ...(entry.isFolded ? [] : [diffPart(entry)]));
}

// Takes the drawn part away; it comes back when the card is seen.
function undraw(entry) {
  entry.isDrawn = false;
  const lines = entry.isFolded ? 0 : Math.min(entry.lines, MOST_LINES);
  entry.card.style.height = `${Math.round(HEADING + lines * ROW)}px`;
  entry.card.replaceChildren();
  observer.observe(entry.card);
}

function redraw(entry) {
  entry.isDrawn = false;
  draw(entry);
}

function cardHeading(entry) {
  const { file, index, isFolded } = entry;
  const fold = make("button", { type: "button", class: "fold", "aria-expanded": String(!isFolded), "aria-label": `Fold ${file.path}` });
  fold.addEventListener("click", () => toggleFold(entry));
  const path = make("a", { href: `#f${index}` }, entry.folder ? make("span", { class: "folder" }, entry.folder + "/") : "", entry.name);
  const box = make("input", { type: "checkbox", "aria-label": `Viewed ${file.path}` });
  box.checked = viewed.has(file.path);
  box.addEventListener("change", () => setViewed(entry, box.checked));
  const action = ACTIONS[file.action] ? [make("span", { class: "action" }, ACTIONS[file.action])] : [];
  const left = leftByPath.get(file.path)?.map(({ line, text }) => `line ${line}: ${text}`) ?? [];
  const leftMark = left.length ? [make("span", { class: "mark", title: left.join("\n") }, `${left.length} left alone`)] : [];
  return make("header", {}, fold, make("h4", { id: `t${index}`, tabindex: -1 }, path), ...action, counts(file.added, file.removed),
    make("span", { class: "marks" }, ...markLabels(file.marks), ...leftMark), make("label", { class: "viewed" }, box, "Viewed"));
}

function diffPart(entry) {
  if (!entry.file.hunks.length) return make("p", { class: "empty" }, "No line changes.");
  if (entry.lines <= MOST_LINES || entry.isAsked) return diffTable(entry.file, isSplit);
  const ask = make("button", { type: "button" }, `Show ${plural(Math.round(entry.lines), "line")}`);
  ask.addEventListener("click", () => { entry.isAsked = true; redraw(entry); });
  return make("p", { class: "empty" }, ask);
}

function toggleFold(entry) {
  entry.isFolded = !entry.isFolded;
  redraw(entry);
}

function setViewed(entry, isViewed) {
  viewed[isViewed ? "add" : "delete"](entry.file.path);
  store.write(VIEWED, [...viewed]);
  entry.isFolded = isViewed;
  if (entry.card) redraw(entry);
  entry.link?.classList.toggle("done", isViewed);
  showProgress();
}

function showProgress() {
  const done = entries.filter((entry) => viewed.has(entry.file.path)).length;
  byId("progress").textContent = entries.length ? `${number(done)} of ${plural(entries.length, "file")} viewed` : "";
}

// How the files can be grouped: each has a heading, and for a file the group to which it belongs.
const GROUPS = {
  package: ["package", (entry) => entry.folder || "top folder"],
  rule: ["rule", (entry) => together(entry, (mark) => data.rules[mark.rule]?.id ?? "")],
  kind: ["kind of place", (entry) => together(entry, (mark) => mark.kind)],
  safety: ["safety", (entry) => together(entry, (mark) => mark.safety)],
};

// What all marks of a file say: a file that two rules change belongs to both together.
function together(entry, value) {
  return [...new Set(entry.file.marks.map(([mark]) => value(data.marks[mark])))].sort().join(" + ");
}

function drawGroups(by) {
  const [, groupOf] = GROUPS[by];
  groups.forEach((group) => { group.section.remove(); group.branch.remove(); });
  groups = [...Map.groupBy(entries, groupOf)].map(([name, members]) => ({ name, members })).sort((a, b) => (a.name < b.name ? -1 : 1));
  ordered = groups.flatMap((group) => group.members);
  for (const group of groups) {
    const { name, members } = group;
    const edits = members.reduce((total, { file }) => total + file.marks.reduce((all, [, times]) => all + times, 0), 0);
    const title = make("h3", {}, name, " ", make("small", {}, `${plural(members.length, "file")}, ${plural(edits, "edit")}`), counts(sum(members, "added"), sum(members, "removed")));
    group.section = make("section", { class: "package" }, title, ...members.map((entry) => entry.card));
    drawBranch(group, by === "package");
  }
  byId("changes").append(...groups.map((group) => group.section));
  byId("tree").append(...groups.map((group) => group.branch));
}

function drawBranch(group, isFolder) {
  group.badge = make("small", {}, number(group.members.length));
  group.list = make("ul");
  group.branch = make("details", {}, make("summary", {}, make("span", {}, group.name), group.badge), group.list);
  group.branch.addEventListener("toggle", () => fillBranch(group, isFolder));
  group.branch.open = entries.length <= MOST_OPEN;
}

function fillBranch(group, isFolder) {
  if (!group.branch.open || group.list.childElementCount) return;
  group.list.append(...group.members.map((entry) => {
    const done = viewed.has(entry.file.path) ? "done" : "", name = make("span", {}, isFolder ? entry.name : entry.file.path);
    entry.link = make("a", { href: `#f${entry.index}`, class: done, title: entry.file.path }, name, counts(entry.file.added, entry.file.removed));
    entry.item = make("li", {}, entry.link);
    entry.item.hidden = !entry.isShown;
    return entry.item;
  }));
}

function drawChanges() {
  for (const entry of entries) {
    entry.card = make("article", { class: "file", id: `f${entry.index}`, "data-index": entry.index, "aria-label": entry.file.path });
    undraw(entry);
  }
  const pick = make("select", { id: "group" }, ...Object.entries(GROUPS).map(([by, [title]]) => make("option", { value: by }, title)));
  pick.addEventListener("change", () => { drawGroups(pick.value); refresh(); });
  const none = make("p", { class: "empty", id: "none" }, "No file changes.");
  none.hidden = entries.length > 0;
  byId("changes").append(make("p", { class: "pick" }, make("label", { for: "group" }, "Grouped by "), pick), none);
  drawGroups("package");
}
