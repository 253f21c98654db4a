// A family as a picture: the name to keep on top, every other one below the name that it leads to.

const ROW_HEIGHT = 24, STEP = 22, BAR = 90, NARROW = 560;

function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

// The width of a letter of the fixed font, in pixels.
const letter = (() => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `12px ${getComputedStyle(document.documentElement).getPropertyValue("--mono")}`;
  return pen.measureText("m".repeat(50)).width / 50;
})();

// The end of a text that fits into so many pixels.
function fitted(text, room) {
  const most = Math.max(Math.floor(room / letter), 4), letters = [...text];
  return letters.length <= most ? text : "…" + letters.slice(1 - most).join("");
}

// The names in the order in which they are drawn, each with its depth and the place of the name that it leads to.
function graphRows({ nodes, edges }) {
  const leads = new Map(edges.map(([from, to, hop]) => [from, { to, hop }])), below = Map.groupBy(edges, ([, to]) => to);
  const rows = [], places = new Map(), lasts = new Map();
  const add = (start) => {
    const open = [[start, 0]];
    while (open.length) {
      const [index, depth] = open.pop();
      if (places.has(index)) continue;
      const [symbol, object, files] = nodes[index], { to, hop } = leads.get(index) ?? {};
      const above = places.get(to), before = lasts.get(above) ?? above;
      places.set(index, rows.length);
      lasts.set(above, rows.length);
      rows.push({ symbol, object, files, depth, hop, to: above, before });
      const next = (below.get(index) ?? []).map(([from]) => from);
      next.sort((a, b) => nodes[a][2] - nodes[b][2] || (nodes[a][0] < nodes[b][0] ? 1 : -1));
      open.push(...next.map((from) => [from, depth + 1]));
    }
  };
  add(0);
  // What leads nowhere: other objects.
  nodes.forEach((_, index) => { if (!leads.has(index)) add(index); });
  nodes.forEach((_, index) => add(index));
  return rows;
}

function said({ symbol, files, hop, to }, rows) {
  const read = files === null ? "" : `, read by ${plural(files, "file")}`;
  return `${symbol}${read}${to === undefined ? "" : `, ${hop} to ${rows[to].symbol}`}`;
}

function parted(symbol) {
  const cut = symbol.indexOf(":");
  return cut < 0 ? ["", symbol] : [symbol.slice(0, cut), symbol.slice(cut + 1)];
}

function rowParts(row, index, { width, isNarrow, step, most, at }) {
  const x = 10 + row.depth * step, [module, name] = parted(row.symbol);
  const isRoot = index === 0, parts = [], middle = at(index), right = width - 2;
  const count = row.files === null ? "" : plural(row.files, "file");
  const mark = row.object ? `M${x} ${middle - 6}l6 6l-6 6l-6 -6z` : `M${x - 5} ${middle}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z`;
  parts.push(svg("path", { class: `node o${row.object % 8}${isRoot ? " root" : ""}`, d: mark }));
  const bar = width < 420 ? 24 : isNarrow ? 40 : BAR, counted = letter * 9, room = right - x - 14 - counted - bar - 16;
  const shown = fitted(name, isNarrow ? right - x - 14 - counted - bar - 8 : room), start = x + 13;
  parts.push(svg("text", { class: isRoot ? "name root" : "name", x: start, y: middle + 4 }, shown));
  const hop = row.hop ? `${row.hop} ` : "", rest = isNarrow ? right - start : room - letter * (shown.length + 2);
  const second = isNarrow ? { x: start, y: middle + 19 } : { x: start + letter * (shown.length + 1.5), y: middle + 4 };
  if (rest > letter * 12) {
    parts.push(svg("text", { class: "module", ...second }, svg("tspan", { class: "hop" }, hop), fitted(module, rest - letter * hop.length)));
  }
  if (row.files !== null) {
    const length = most ? Math.max((row.files / most) * bar, row.files ? 2 : 0) : 0;
    parts.push(svg("rect", { class: `bar o${row.object % 8}`, x: right - counted - 6 - length, y: middle - 5, width: length, height: 10, rx: 2 }));
    parts.push(svg("text", { class: "count", x: right, y: middle + 4 }, count));
  }
  return parts;
}

// From a name up to the one that it leads to, below which the arrow stands, or to where the name above joins that line.
function lead(row, index, { step, at }) {
  const x = 10 + (row.depth - 1) * step, bend = Math.min(8, step / 2);
  const isFirst = row.before === row.to, end = at(row.before) + (isFirst ? 10 : -8);
  const line = svg("path", { class: "lead", d: `M${x + step} ${at(index)}H${x + bend}Q${x} ${at(index)} ${x} ${at(index) - 8}V${end}` });
  return isFirst ? [line, svg("path", { class: "arrow", d: `M${x - 4} ${end + 4}L${x} ${end - 3}L${x + 4} ${end + 4}z` })] : [line];
}

function picture(drawn, title, width, most) {
  const rows = graphRows(drawn), isNarrow = width < NARROW, height = isNarrow ? 40 : ROW_HEIGHT;
  const step = Math.min(STEP, width / 3 / Math.max(...rows.map((row) => row.depth), 1));
  const frame = { width, isNarrow, step, most, at: (index) => index * height + (isNarrow ? 12 : height / 2) };
  const leads = rows.flatMap((row, index) => (row.to === undefined ? [] : lead(row, index, frame)));
  const names = rows.map((row, index) => svg("g", {}, svg("title", {}, said(row, rows)), ...rowParts(row, index, frame)));
  const all = rows.length * height + 4, alternative = rows.map((row) => said(row, rows)).join("; ");
  return svg("svg", { class: "family", role: "img", viewBox: `0 0 ${width} ${all}`, width, height: all, "aria-label": `${title}: ${alternative}` },
    svg("title", {}, title), svg("desc", {}, alternative), ...leads, ...names);
}

// The most files that read one name, in all pictures that shall be compared.
function mostFiles(...all) {
  return Math.max(...all.flatMap(({ nodes }) => nodes.map(([, , files]) => files ?? 0)));
}

// A picture with what it shows, drawn anew when there is another width.
function graph(drawn, title, says, most) {
  const figure = make("figure", { class: "graph" }, make("figcaption", {}, make("b", {}, title), " ", make("span", {}, says)));
  let width = 0;
  const draw = (now) => {
    if (!now || now === width) return;
    width = now;
    figure.querySelector("svg")?.remove();
    figure.append(picture(drawn, title, width, most));
  };
  // Paper gets the first one, which is drawn before anybody has seen it.
  draw(900);
  new ResizeObserver(([{ contentRect }]) => draw(Math.floor(contentRect.width))).observe(figure);
  return figure;
}

// The way from a name to its definition, hop by hop.
function routeCell(route, symbol, canonical) {
  const step = (name, at) => make("span", { class: name === canonical ? "step canonical" : "step", title: at }, name);
  const steps = route.flatMap(({ symbol: name, path, line, hop }) =>
    [step(name, `${path}:${line}`), hop === "definition" ? "" : make("span", { class: "hop" }, ` ${hop} → `)]);
  const unknown = [step(symbol), make("span", { class: "hop" }, " by its path → "), step(canonical)];
  return make("td", { class: "route" }, ...(steps.length ? steps : unknown));
}
