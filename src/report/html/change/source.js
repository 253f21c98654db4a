// Hunks as tables, and Python source in colours.

const KEYWORDS = new Set(("False None True and as assert async await break case class continue def del elif else except " +
  "finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield").split(" "));
const TOKEN = /(#.*)|([rbfu]{0,2}("""|'''|"|'))|(\d[\w.]*)|(@?[\p{L}_][\p{L}\p{N}_]*)|\s+|./iuys;

function wordClass(word, before) {
  if (before === "def" || before === "class") return "d";
  if (KEYWORDS.has(word)) return "k";
  return word.startsWith("@") ? "a" : "";
}

function stringEnd(text, quotes, from) {
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text.startsWith(quotes, at)) return at + quotes.length;
  }
  return -1;
}

// The ends of a line's parts with their colours, and the quotes of the string that is open behind it.
function colours(text, open) {
  const parts = [];
  let at = 0, before = "";
  const push = (name, end) => { parts.push([name, end]); at = end; };
  const string = (quotes, from) => {
    const end = stringEnd(text, quotes, from);
    push("s", end < 0 ? text.length : end);
    return end < 0 && quotes.length === 3 ? quotes : "";
  };
  if (open && text) open = string(open, 0);
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const [whole, comment, quoted, quotes, number, word] = TOKEN.exec(text);
    if (quoted) open = string(quotes, at + quoted.length);
    else push(comment ? "c" : number ? "n" : word ? wordClass(word, before) : "", at + whole.length);
    if (whole.trim()) before = word ?? "";
  }
  return [parts, open];
}

// A line of a hunk: `words` are the ends of its pieces, each with whether it differs.
function readLine(line) {
  const [sign, ...pieces] = typeof line === "string" ? [line[0], line.slice(1)] : line;
  let end = 0;
  const words = pieces.map((piece, index) => [index % 2 === 1, end += piece.length]);
  return { sign, text: pieces.join(""), words };
}

function readHunk(hunk, isPython) {
  let old = hunk.old, fresh = hunk.new;
  const open = { "-": hunk.open, "+": hunk.open }, lines = [];
  for (const line of hunk.lines.map(readLine)) {
    if (line.sign === "\\") {
      lines.at(-1).isUnended = true;
      continue;
    }
    const side = line.sign === "+" ? "+" : "-";
    [line.parts, open[side]] = isPython ? colours(line.text, open[side]) : [[], ""];
    if (line.sign === " ") open["+"] = open["-"];
    if (line.sign !== "+") line.old = old++;
    if (line.sign !== "-") line.fresh = fresh++;
    lines.push(line);
  }
  return lines;
}

function codeCell(line) {
  const cell = make("td", { class: "code" });
  const { text, parts, words } = line;
  for (let at = 0, part = 0, word = 0; at < text.length;) {
    while (parts[part]?.[1] <= at) part++;
    while (words[word]?.[1] <= at) word++;
    const [name, partEnd] = parts[part] ?? ["", text.length], [differs, wordEnd] = words[word] ?? [false, text.length];
    const end = Math.min(partEnd, wordEnd), piece = text.slice(at, end);
    cell.append(name || differs ? make(differs ? "mark" : "span", { class: name }, piece) : piece);
    at = end;
  }
  if (line.isUnended) cell.append(make("span", { class: "unended" }, "no newline at the end"));
  return cell;
}

const SIDES = { "-": "removed", "+": "added", " ": "" };

function numberCell(number) {
  return make("td", { class: "number", "data-number": number });
}

function signCell(sign) {
  return make("td", { class: "sign", "aria-label": SIDES[sign] }, sign === "-" ? "−" : sign);
}

function unifiedRows(lines) {
  return lines.map((line) =>
    make("tr", { class: SIDES[line.sign] }, numberCell(line.old), numberCell(line.fresh), signCell(line.sign), codeCell(line)));
}

function halfRow(line, number) {
  if (!line) return [make("td", { class: "number none" }), make("td", { class: "sign none" }), make("td", { class: "none" })];
  const cells = [numberCell(number), signCell(line.sign), codeCell(line)];
  if (SIDES[line.sign]) cells.forEach((cell) => cell.classList.add(SIDES[line.sign]));
  return cells;
}

function splitRows(lines) {
  const rows = [];
  let gone = [], come = [];
  const flush = () => {
    for (let at = 0; at < Math.max(gone.length, come.length); at++) {
      rows.push(make("tr", {}, ...halfRow(gone[at], gone[at]?.old), ...halfRow(come[at], come[at]?.fresh)));
    }
    gone = [], come = [];
  };
  for (const line of lines) {
    if (line.sign === "-") {
      if (come.length) flush();
      gone.push(line);
    } else if (line.sign === "+") {
      come.push(line);
    } else {
      flush();
      rows.push(make("tr", {}, ...halfRow(line, line.old), ...halfRow(line, line.fresh)));
    }
  }
  flush();
  return rows;
}

// What asks for a change, one label for each kind of place, which says why it may be made and by which rules.
function markLabels(marks) {
  const groups = Map.groupBy(marks, ([mark]) => `${data.marks[mark].safety} ${data.marks[mark].kind}`);
  return [...groups.values()].map((members) => {
    const { kind, safety, why } = data.marks[members[0][0]];
    const count = members.reduce((total, [, times]) => total + times, 0);
    const rules = members.map(([mark]) => data.rules[data.marks[mark].rule]?.id).join(", ");
    const warning = safety === "safe" ? [] : [make("b", {}, safety)];
    return make("span", { class: `mark ${safety}`, title: `${rules}: ${why}` }, ...warning, count > 1 ? `${kind} ×${count}` : kind);
  });
}

function hunkBody(hunk, file, isSplit) {
  const isPython = /\.pyi?"?$/.test(file.path);
  const place = hunk.section ? `line ${hunk.old} · ${hunk.section}` : `line ${hunk.old}`;
  // A hunk that is alone has the labels of its file.
  const labels = file.hunks.length > 1 ? markLabels(hunk.marks.map((mark) => [mark, 0])) : [];
  const heading = make("th", { colspan: isSplit ? 6 : 4, scope: "rowgroup" },
    make("div", {}, make("span", { class: "section" }, place), make("span", { class: "marks" }, ...labels)));
  const lines = readHunk(hunk, isPython);
  return make("tbody", { tabindex: -1 }, make("tr", { class: "hunk" }, heading), ...(isSplit ? splitRows(lines) : unifiedRows(lines)));
}

function columns(isSplit) {
  const half = ["number", "sign", "code"];
  const names = isSplit ? [...half, ...half] : ["number", "number", "sign", "code"];
  return make("colgroup", {}, ...names.map((name) => make("col", { class: name })));
}

function diffTable(file, isSplit) {
  const label = `Changes in ${file.path}`;
  const bodies = file.hunks.map((hunk) => hunkBody(hunk, file, isSplit));
  return make("table", { class: isSplit ? "diff split" : "diff", "aria-label": label }, columns(isSplit), ...bodies);
}
