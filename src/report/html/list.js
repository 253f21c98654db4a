// The files: their cards, drawn when they come into view, and their list at the side.

const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const ACTIONS = { edit: "", delete: "deleted", create: "new" };
// Longer diffs wait for a click.
const MOST_LINES = 3000;
// With more files than this their list opens package by package.
const MOST_OPEN = 300;
const ROW = 21, HEADING = 46, AHEAD = "1500px";

const store = {
  read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* a page from a file may not keep anything */ } },
};

const VIEWED = `unshim:viewed:${byId("data").dataset.word}`;
const viewed = new Set(store.read(VIEWED));
let isSplit = store.read("unshim:split") === true;

const entries = data.files.map((file, index) => {
  const cut = file.path.lastIndexOf("/");
  const lines = file.hunks.reduce((sum, hunk) => sum + hunk.lines.length + 1.5, 0);
  const isFolded = viewed.has(file.path);
  return { file, index, lines, isFolded, isShown: true, isDrawn: false, folder: file.path.slice(0, Math.max(cut, 0)), name: file.path.slice(cut + 1) };
});
const packages = [...Map.groupBy(entries, (entry) => entry.folder)].map(([folder, members]) => ({ folder, members }))
  .sort((a, b) => (a.folder < b.folder ? -1 : 1));
const ordered = packages.flatMap((pack) => pack.members);

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
  byId("progress").textContent = entries.length ? `${done.toLocaleString("en")} of ${plural(entries.length, "file")} viewed` : "";
}

function drawPackages() {
  const sections = packages.map((pack) => {
    const { members } = pack;
    const title = make("h3", {}, pack.folder || "top folder", " ", make("small", {}, plural(members.length, "file")), counts(sum(members, "added"), sum(members, "removed")));
    for (const entry of members) {
      entry.card = make("article", { class: "file", id: `f${entry.index}`, "data-index": entry.index, "aria-label": entry.file.path });
      undraw(entry);
    }
    pack.section = make("section", { class: "package" }, title, ...members.map((entry) => entry.card));
    return pack.section;
  });
  const none = make("p", { class: "empty", id: "none" }, "No file changes.");
  none.hidden = entries.length > 0;
  byId("changes").append(none, ...sections);
}

function drawTree() {
  const isOpen = entries.length <= MOST_OPEN;
  byId("tree").append(...packages.map((pack) => {
    pack.badge = make("small", {}, String(pack.members.length));
    pack.list = make("ul");
    pack.branch = make("details", {}, make("summary", {}, make("span", {}, pack.folder || "top folder"), pack.badge), pack.list);
    pack.branch.addEventListener("toggle", () => fillBranch(pack));
    pack.branch.open = isOpen;
    return pack.branch;
  }));
}

function fillBranch(pack) {
  if (!pack.branch.open || pack.list.childElementCount) return;
  pack.list.append(...pack.members.map((entry) => {
    const done = viewed.has(entry.file.path) ? "done" : "";
    entry.link = make("a", { href: `#f${entry.index}`, class: done, title: entry.file.path }, make("span", {}, entry.name), counts(entry.file.added, entry.file.removed));
    entry.item = make("li", {}, entry.link);
    entry.item.hidden = !entry.isShown;
    return entry.item;
  }));
}
