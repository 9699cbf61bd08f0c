/* The timeline: one bar a period on a true scale of days, gaps left open, long silences folded, breaks marked. */
const DAY = 86400000;
const stamp = (iso) => Date.parse(iso);
const HEIGHT = 80, BASE = 50, FOLD = 34;
const timeline = { key: "", bars: new Map(), list: [], room: 0, width: 0, marked: null };

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

const headOf = (period) => headline(blockAt(period.index, state.measure));

function drawTimeline() {
  const list = periodsOf(state.kind), holder = byId("bars");
  timeline.list = list;
  if (!timeline.room) timeline.room = Math.max(holder.clientWidth - 2, 100);
  const least = window.innerWidth < 700 ? 7 : 3.2, room = timeline.room;
  const key = [language, state.kind, state.measure, state.scope, room].join("/");
  const slider = byId("slider");
  slider.max = String(Math.max(list.length - 1, 0));
  if (key !== timeline.key) {
    timeline.key = key;
    const spans = list.map(extent).filter(Boolean), first = Math.min(...spans.map((one) => one[0]));
    const typical = spans.length ? spans.map((one) => one[1] - one[0]).sort((a, b) => a - b)[spans.length >> 1] : DAY;
    const slots = spans.length ? (Math.max(...spans.map((one) => one[1])) - first) / typical : 1;
    const width = Math.max(room, Math.min(slots * least, 4000));
    timeline.width = width;
    const root = svg("svg", { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, "aria-hidden": "true" });
    paintBars(root, list, timeScale(list, width));
    holder.replaceChildren(root);
  }
  markPeriod();
}

function paintBars(root, list, { at, pieces }) {
  timeline.bars.clear();
  timeline.marked = null;
  const heads = new Map(list.map((period) => [period, headOf(period)]));
  const values = [...heads.values()].filter((row) => row && row.value !== null).map((row) => row.value).sort((a, b) => a - b);
  /* One mistyped or huge figure must not flatten all others: its bar is cut and marked. */
  const high = values.length ? values[Math.floor((values.length - 1) * 0.97)] : 0, top = Math.max(high * 1.15, 1e-9);
  const most = values.length ? values[values.length - 1] : 0, ceiling = most > 2.5 * high ? top : Math.max(most, 1e-9);
  yearTicks(root, pieces, at);
  pieces.slice(1).forEach((piece, k) => fold(root, piece, pieces[k]));
  list.forEach((period) => {
    const range = extent(period);
    if (!range) return;
    const x = at(range[0]), width = Math.max(at(range[1]) - x - 0.8, 1.4), row = heads.get(period);
    const holder = svg("g", { class: `slot ${row ? "" : "silent"}`, "data-period": period.index }, root);
    svg("rect", { x: x - 1, y: 4, width: width + 2, height: BASE - 4, class: "reach" }, holder);
    if (row && row.value !== null) {
      const cut = row.value > ceiling, height = Math.max(1.5, Math.min(row.value / ceiling, 1) * (BASE - 14));
      svg("rect", { x, y: BASE - height, width, height, class: "bar" }, holder);
      if (cut) svg("path", { d: `M${x - 1} ${BASE - height + 4}l${width + 2} -3`, class: "cut" }, holder);
    } else {
      svg("rect", { x, y: BASE - 2, width, height: 2, class: row ? "differ" : "nothing" }, holder);
    }
    svg("rect", { x, y: BASE + 2, width, height: 3, class: `scope s${row ? scopeRank(row.block.scope) : "x"}` }, holder);
    svg("path", { d: `M${x + width / 2} ${BASE + 6.5}l5 7h-10z`, class: "pointer" }, holder);
    timeline.bars.set(period.index, holder);
  });
  breakMarks(root, at, pieces);
  byId("timeline-note").textContent = timelineNote(list, heads, values, ceiling);
}

const scopeRank = (scope) => {
  const code = shared.scopes[scope][0];
  return { ANAMA: 0, "ANAMA+partners": 1, "all operators": 2, MoD: 3 }[code] ?? 4;
};

function timelineNote(list, heads, values, ceiling) {
  const shown = [...new Set([...heads.values()].filter(Boolean).map((row) => row.block.scope))]
    .sort((a, b) => scopeRank(a) - scopeRank(b));
  const holder = byId("scopes");
  holder.replaceChildren(...shown.map((scope) => {
    const mark = svg("svg", { width: 18, height: 4, viewBox: "0 0 18 4", "aria-hidden": "true" });
    svg("rect", { x: 0, y: 0.5, width: 18, height: 3, class: `scope s${scopeRank(scope)}` }, mark);
    return el("li", {}, mark, el("span", { text: scopeName(scope) }));
  }));
  const parts = [tn("{n} period with a figure", "{n} periods with a figure", values.length)];
  if (list.length > values.length) {
    parts.push(tn("{n} reported on without this figure", "{n} reported on without this figure", list.length - values.length));
  }
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
      if (x - last < 34) continue;
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
  slider.value = String(position);
  slider.setAttribute("aria-valuetext", sliderText(periods[state.period]));
  byId("when").textContent = periodLabel(periods[state.period]);
  if (timeline.marked) timeline.marked.classList.remove("now");
  const slot = timeline.bars.get(state.period);
  timeline.marked = slot || null;
  if (slot) {
    slot.classList.add("now");
    const holder = byId("bars"), x = Number(slot.firstChild.getAttribute("x"));
    if (timeline.width > timeline.room) {
      const left = holder.scrollLeft;
      if (x < left + 30 || x > left + timeline.room - 30) holder.scrollLeft = x - timeline.room / 2;
    }
  }
  byId("previous").disabled = position <= 0;
  byId("next").disabled = position >= timeline.list.length - 1;
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
    const reach = slot.firstChild, left = Number(reach.getAttribute("x")), right = left + Number(reach.getAttribute("width"));
    const distance = x < left ? left - x : x > right ? x - right : 0;
    if (distance < least) { least = distance; best = index; }
  });
  return best;
}
function listenToBars() {
  const bars = byId("bars");
  bars.addEventListener("click", (event) => { const index = periodAt(event.clientX); if (index !== null) goTo(index); });
  bars.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || !event.buttons) return;
    const index = periodAt(event.clientX);
    if (index !== null && index !== state.period) goTo(index);
  });
}
