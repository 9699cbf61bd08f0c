/* The timeline: one bar a period on a true scale of days, gaps left open, long silences folded, breaks marked. */
const DAY = 86400000;
const stamp = (iso) => Date.parse(iso);
const HEIGHT = 80, BASE = 50, FOLD = 34;
const timeline = { key: "", bars: new Map(), list: [], room: 0, width: 0, mark: null };

const isDated = (iso) => /^\d{4}-/.test(iso || "");
function extent(period) {
  const end = isDated(period.end) ? stamp(period.end) + DAY : null;
  if (end === null) return null;
  if (period.kind === "cumulative") return [end - 6 * DAY, end];
  return [isDated(period.start) ? stamp(period.start) : end - DAY, end];
}

/* Days to pixels; a silence of more than 500 days is folded to a fixed width and says so. */
function timeScale(list, width) {
  const spans = list.map(extent).filter(Boolean).sort((a, b) => a[0] - b[0]), pieces = [];
  spans.forEach(([start, end]) => {
    const last = pieces[pieces.length - 1];
    if (last && start - last[1] <= 500 * DAY) last[1] = Math.max(last[1], end);
    else pieces.push([start, end]);
  });
  const days = pieces.reduce((sum, [start, end]) => sum + (end - start), 0), folds = pieces.length - 1;
  const unit = days ? (width - folds * FOLD) / days : 0;
  let x = 0;
  const placed = pieces.map(([start, end]) => {
    const piece = { start, end, x, width: (end - start) * unit };
    x += piece.width + FOLD;
    return piece;
  });
  const at = (time) => {
    const piece = placed.find((one) => time <= one.end) || placed[placed.length - 1];
    return piece ? piece.x + Math.min(Math.max(time - piece.start, 0), piece.end - piece.start) * unit : 0;
  };
  return { at, pieces: placed };
}

/* Figures stand in one row of bars only where they count alike: totals from one first day, or calendar periods of more
   than one district. Every other figure is a mark of one size that can be chosen and says nothing of more or less. */
function comparable(heads) {
  if (state.kind === "custom") return { fits: () => false };
  if (state.kind !== "cumulative") return { fits: (period, row) => row.places.length !== 1 };
  const counts = new Map();
  heads.forEach((row, { start }) => {
    if (row && row.value !== null && !row.places.length && isDated(start)) counts.set(start, (counts.get(start) || 0) + 1);
  });
  const since = [...counts.keys()].reduce((best, start) => (counts.get(start) > (counts.get(best) || 0) ? start : best), null);
  return { since, fits: (period, row) => !row.places.length && period.start === since };
}
function comparisonText({ since }, barred, marked) {
  const parts = [];
  if (barred.length && since) parts.push(t("bars: totals of the whole country since {day}", { day: day(since) }));
  else if (barred.some((row) => row.places.length) && barred.some((row) => !row.places.length)) {
    parts.push(t("bars: totals of the whole country, and joint totals of several districts"));
  }
  if (!marked.length) return parts;
  parts.push(state.kind === "custom" ? t("marks: spans of different length, which do not compare")
    : state.kind === "cumulative" ? t("marks: figures counted otherwise") : t("marks: figures of one district"));
  return parts;
}

const headOf = (period) => headline(blockAt(period.index, state.measure));

function drawTimeline() {
  const list = periodsOf(state.kind), holder = byId("bars");
  timeline.list = list;
  if (!timeline.room) timeline.room = Math.max(holder.clientWidth - 2, 100);
  const least = window.innerWidth < 700 ? 7 : 3.2, room = timeline.room;
  const key = [language, state.kind, state.measure, state.scope, room].join("/");
  const slider = byId("slider");
  const most = String(Math.max(list.length - 1, 0));
  if (slider.max !== most) slider.max = most;
  if (key !== timeline.key) {
    timeline.key = key;
    const spans = list.map(extent).filter(Boolean), first = Math.min(...spans.map((one) => one[0]));
    const typical = spans.length ? spans.map((one) => one[1] - one[0]).sort((a, b) => a - b)[spans.length >> 1] : DAY;
    const slots = spans.length ? (Math.max(...spans.map((one) => one[1])) - first) / typical : 1;
    const width = Math.max(room, Math.min(slots * least, 4000));
    timeline.width = width;
    const root = svg("svg", { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, "aria-hidden": "true" });
    paintBars(root, list, timeScale(list, width));
    timeline.mark = svg("svg", { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, class: "mark", "aria-hidden": "true" });
    holder.replaceChildren(root, timeline.mark);
  }
  markPeriod();
}

function paintBars(root, list, { at, pieces }) {
  timeline.bars.clear();
  const heads = new Map(list.map((period) => [period, headOf(period)]));
  const series = comparable(heads), barred = [], marked = [];
  heads.forEach((row, period) => { if (row && row.value !== null) (series.fits(period, row) ? barred : marked).push(row); });
  const values = barred.map((row) => row.value).sort((a, b) => a - b);
  /* One mistyped or huge figure must not flatten all others: its bar is cut and marked. */
  const high = values.length ? values[Math.floor((values.length - 1) * 0.97)] : 0, top = Math.max(high * 1.15, 1e-9);
  const most = values.length ? values[values.length - 1] : 0, ceiling = most > 2.5 * high ? top : Math.max(most, 1e-9);
  yearTicks(root, pieces, at);
  pieces.slice(1).forEach((piece, k) => fold(root, piece, pieces[k]));
  /* One path for all bars of a look: a timeline of hundreds of weeks is a handful of shapes to the browser. */
  const paths = new Map(["bar", "aside", "differ", "nothing", "cut"].map((name) => [name, []]));
  const add = (name, d) => (paths.has(name) ? paths.get(name).push(d) : paths.set(name, [d]));
  list.forEach((period) => {
    const range = extent(period);
    if (!range) return;
    const x = at(range[0]), width = Math.max(at(range[1]) - x - 0.8, 1.4), row = heads.get(period);
    const slot = { x, width, height: 2, look: row ? "differ" : "nothing", cut: false };
    if (row && row.value !== null && !series.fits(period, row)) slot.look = "aside";
    else if (row && row.value !== null) {
      slot.height = Math.max(1.5, Math.min(row.value / ceiling, 1) * (BASE - 14));
      slot.look = "bar";
      slot.cut = row.value > ceiling;
    }
    timeline.bars.set(period.index, slot);
    add(slot.look, slotPath(slot));
    if (slot.cut) add("cut", cutPath(slot));
    add(`scope s${row ? scopeRank(row.block.scope) : "x"}`, boxPath(x, BASE + 2, width, 3));
  });
  paths.forEach((d, name) => svg("path", { d: d.join(""), class: name }, root));
  breakMarks(root, at, pieces);
  byId("timeline-note").textContent = capital(timelineNote(list, heads, values, ceiling,
    comparisonText(series, barred, marked), barred.length + marked.length));
}

const boxPath = (x, y, width, height) =>
  `M${x.toFixed(2)} ${y.toFixed(2)}h${width.toFixed(2)}v${height.toFixed(2)}h${(-width).toFixed(2)}z`;
/* A mark is a small diamond over its period: no height to compare with the bars. */
const slotPath = ({ x, width, height, look }) => (look === "aside"
  ? `M${(x + width / 2).toFixed(2)} ${BASE - 8}l3 4l-3 4l-3 -4z` : boxPath(x, BASE - height, width, height));
const cutPath = ({ x, width, height }) => `M${x - 1} ${BASE - height + 4}l${width + 2} -3`;

const scopeRank = (scope) => {
  const code = shared.scopes[scope][0];
  return { ANAMA: 0, "ANAMA+partners": 1, "all operators": 2, MoD: 3 }[code] ?? 4;
};

function timelineNote(list, heads, values, ceiling, compared, figures) {
  const shown = [...new Set([...heads.values()].filter(Boolean).map((row) => row.block.scope))]
    .sort((a, b) => scopeRank(a) - scopeRank(b));
  const holder = byId("scopes");
  holder.replaceChildren(...shown.map((scope) => {
    const mark = svg("svg", { width: 18, height: 4, viewBox: "0 0 18 4", "aria-hidden": "true" });
    svg("rect", { x: 0, y: 0.5, width: 18, height: 3, class: `scope s${scopeRank(scope)}` }, mark);
    return el("li", {}, mark, el("span", { text: scopeName(scope) }));
  }));
  const parts = [tn("{n} period with a figure", "{n} periods with a figure", figures)];
  if (list.length > figures) {
    parts.push(tn("{n} reported on without this figure", "{n} reported on without this figure", list.length - figures));
  }
  parts.push(...compared);
  if (values.length) parts.push(t("highest bar {value}", { value: number(Math.max(...values)) }));
  if (values.some((value) => value > ceiling)) parts.push(t("cut bars are off the scale"));
  return parts.join("; ") + ".";
}

function yearTicks(root, pieces, at) {
  let last = -100;
  pieces.forEach((piece) => {
    const from = new Date(piece.start).getUTCFullYear(), to = new Date(piece.end - DAY).getUTCFullYear();
    for (let year = from; year <= to; year += 1) {
      const start = Math.max(Date.UTC(year, 0, 1), piece.start), x = at(start);
      if (start === Date.UTC(year, 0, 1)) svg("path", { d: `M${x} 6V${BASE + 8}`, class: "tick" }, root);
      const cramped = start !== Date.UTC(year, 0, 1) && year < to && at(Date.UTC(year + 1, 0, 1)) - x < 34;
      if (x - last < 34 || cramped) continue; /* a few weeks at the start must not take the name from the year after */
      last = x;
      const edge = Number(root.getAttribute("width")) - x < 32;
      svg("text", { x: edge ? x - 2 : x + 2, y: HEIGHT - 4, "font-size": 11, class: "year",
        "text-anchor": edge ? "end" : "start" }, root, String(year));
    }
  });
}

function fold(root, piece, before) {
  const x = before.x + before.width + FOLD / 2, years = Math.round((piece.start - before.end) / (365.25 * DAY));
  svg("path", { d: `M${x - 5} ${BASE + 5}l4 -9M${x + 1} ${BASE + 5}l4 -9`, class: "fold" }, root);
  svg("title", {}, svg("rect", { x: x - FOLD / 2, y: 0, width: FOLD, height: BASE, class: "reach" }, root),
    tn("{n} year without reports", "{n} years without reports", years));
}

/* Days on which figures before and after do not compare. */
function breakMarks(root, at, pieces) {
  shared.changes.forEach(([iso, text, kindsOf]) => {
    const time = stamp(iso);
    if (kindsOf && !kindsOf.includes(state.kind)) return;
    if (!pieces.some((piece) => time > piece.start && time < piece.end)) return;
    const x = at(time);
    const mark = svg("g", { class: "break" }, root);
    svg("path", { d: `M${x} 2V${BASE + 8}` }, mark);
    svg("path", { d: `M${x - 4} 2h8l-4 5z`, class: "flag" }, mark);
    svg("title", {}, mark, changeText(text, iso));
  });
  const seen = shared.changes.filter(([iso, , kindsOf]) => (!kindsOf || kindsOf.includes(state.kind)) &&
    pieces.some((piece) => stamp(iso) > piece.start && stamp(iso) < piece.end));
  byId("breaks").replaceChildren(...seen.map(([iso, text]) => el("li", { text: `▾ ${changeText(text, iso)}` })));
}
const changeText = (text, iso) => (text === "boundaries"
  ? t("{day}: district borders change; by name the years before and after do not compare", { day: day(iso) })
  : t("{day}: totals include all operators from here", { day: day(iso) }));

function markPeriod() {
  const position = timeline.list.findIndex((period) => period.index === state.period), slider = byId("slider");
  if (slider.value !== String(position)) slider.value = String(position);
  slider.setAttribute("aria-valuetext", sliderText(periods[state.period]));
  say("when", capital(periodLabel(periods[state.period])));
  const slot = timeline.bars.get(state.period);
  drawMark();
  if (slot && timeline.width > timeline.room) {
    const holder = byId("bars"), left = holder.scrollLeft;
    if (slot.x < left + 30 || slot.x > left + timeline.room - 30) holder.scrollLeft = slot.x - timeline.room / 2;
  }
  byId("previous").disabled = !neighbour(-1);
  byId("next").disabled = !neighbour(1);
}
function drawMark(pointed = null) {
  const slot = timeline.bars.get(state.period), under = timeline.bars.get(pointed);
  const hover = under && under !== slot
    ? [["path", { d: slotPath(under), class: `${under.look} pointed` }]] : [];
  fillLayer(timeline.mark, [...(slot ? markOf(slot) : []), ...hover]);
}

/* The bar of the period shown lies over the others in a drawing of its own, so that they need not be drawn again. */
function markOf(slot) {
  const { x, width, look } = slot;
  return [
    ["path", { d: boxPath(x - 1, 4, width + 2, BASE - 4), class: "reach" }],
    ["path", { d: slotPath(slot), class: look }],
    ["path", { d: `M${x + width / 2} ${BASE + 6.5}l5 7h-10z`, class: "pointer" }],
    ...(slot.cut ? [["path", { d: cutPath(slot), class: "cut" }]] : []),
  ];
}
function sliderText(period) {
  const row = headOf(period);
  return `${periodLabel(period)}: ${row ? figure(row, state.measure) : t("no figure")}`;
}

/* A finger or a mouse takes the nearest period; the keyboard has the range input that lies over the bars. */
function periodAt(clientX) {
  const x = clientX - byId("bars").getBoundingClientRect().left + byId("bars").scrollLeft;
  let best = null, least = Infinity;
  timeline.bars.forEach((slot, index) => {
    const left = slot.x - 1, right = slot.x + slot.width + 1;
    const distance = x < left ? left - x : x > right ? x - right : 0;
    if (distance < least) { least = distance; best = index; }
  });
  return best;
}
function listenToBars() {
  const bars = byId("bars");
  bars.addEventListener("click", (event) => { const index = periodAt(event.clientX); if (index !== null) goTo(index); });
  bars.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse") return;
    const index = periodAt(event.clientX);
    if (!event.buttons) drawMark(index);
    else if (index !== null && index !== state.period) goTo(index);
  });
  bars.addEventListener("pointerleave", () => drawMark());
}
