/* Putting it together: choosers, keyboard, selection, languages. */
let timer = null;

function current() { return scene(periods[state.period], state.measure); }

function render() {
  const now = current(), title = finding(now), before = moves;
  say("title", title);
  say("subtitle", subtitle(now));
  drawing.show(now);
  drawing.focus(...selection(now));
  fitView();
  labelsPending = before === moves;
  labelRoot.classList.toggle("stale", labelsPending);
  drawLegend(now);
  if (own.page === "atlas") drawTimeline();
  if (state.table) drawTable(now);
  byId("panel-body").classList.add("stale");
  completion += 1;
  const mine = completion;
  afterFrame(() => { if (mine === completion) complete(now, title); });
}

/* What may come a frame later: names on the map, the words beside it, the address, the texts for screen readers. What
   no longer holds is hidden until then. */
let completion = 0, labelsPending = false;
function complete(now, title) {
  if (labelsPending) placeLabels();
  labelsPending = false;
  labelRoot.classList.remove("stale");
  writeAddress(now);
  document.title = `${title} – ${shared.publisher}`;
  drawPanel(now);
  const { credit } = version(now.period) || {};
  if (credit) say("boundary-credit", `${credit.replace(/\.$/, "")}.`);
  byId("panel-body").classList.remove("stale");
  scopeChooser();
  focusable(now);
  if (!timer) byId("summary").textContent = spokenView(now);
  else keepHead();
}
/* While the periods run by, the head of the page stays as tall as it has been, so that the map stands still below. */
const pageHead = document.querySelector("header");
const keepHead = () => { pageHead.style.minHeight = `${pageHead.offsetHeight}px`; };
/* A district just chosen is said alone; its sheet can be opened where the eye is not. */
const spokenView = (now) => (state.selected && state.selected.place !== undefined
  ? `${sayDistrict(state.selected.place, now)}.` : summary(now));

function subtitle(now) {
  const parts = [];
  if (now.block) parts.push(operatorText(now.block.scope));
  parts.push(...blocksAt(now.period.index, now.measure).filter((block) => block !== now.block).map((block) => {
    const head = headline(block), operator = capital(scopeName(block.scope));
    return head ? t("{operator}: {value}, counted separately", { operator, value: figure(head, now.measure) })
      : t("{operator}: counted separately", { operator });
  }));
  if (now.head) {
    const sources = outlets(now.head.supporting.map(statementOf));
    if (sources.length) parts.push(t("Source: {names}", { names: clip(sources.join(", "), 120) }));
  }
  if (now.hidden.length) {
    parts.push(tn("{n} more figure covers some of the same districts; it stands in the table",
      "{n} more figures cover some of the same districts; they stand in the table",
      now.hidden.length));
  }
  parts.push(undrawableText(now));
  return parts.filter(Boolean).map(capital).join(" · ");
}

/* The districts chosen, and the shape of the joint region chosen. */
const selection = (now) => {
  if (!state.selected) return [[]];
  if (state.selected.place !== undefined) return [[state.selected.place]];
  const row = now.groups.find((one) => one.set === state.selected.set);
  return [[], row && shared.groups[`${row.set}/${now.period.version}`]];
};

/* Districts concerned can be reached by keyboard and say what they hold. */
function focusable(now) {
  drawing.paths.forEach((path, place) => {
    const condition = stateOf(place, now);
    if (condition === "blank") {
      ["tabindex", "role", "aria-label"].forEach((name) => path.removeAttribute(name));
    } else {
      path.setAttribute("tabindex", "0");
      path.setAttribute("role", "button");
      path.setAttribute("aria-label", sayDistrict(place, now));
    }
  });
  mapRoot.removeAttribute("aria-hidden");
  labelLayer.querySelectorAll("[data-set]").forEach((label) =>
    label.setAttribute("aria-label", [...label.querySelectorAll("text")].map((line) => line.textContent).join(" ")));
}

function sayDistrict(place, now) {
  const row = now.ownRow.get(place), joint = groupOf(place, now), name = placeName(place);
  if (row) {
    const rate = rateOf(row, now.measure, now.period);
    return `${name}: ${figure(row, now.measure)}` + (rate === null ? "" : `, ${rateNumber(rate)} ${rateUnit(now.measure)}`);
  }
  if (joint) {
    return `${name}: ` + t("named in this report; no district figure published. Joint total {value} for {districts}.",
      { value: figure(joint, now.measure), districts: districtCount(joint) });
  }
  return `${name}: ` + t("no figure in the reports of this period");
}

function choose(changes) {
  Object.assign(state, changes);
  render();
}
function goTo(period) {
  if (periods[period]) choose({ period, kind: periods[period].group });
}
/* The next period that has the measure; the slider and the bars reach the others too. */
function neighbour(by) {
  const list = periodsOf(state.kind);
  let position = list.findIndex((period) => period.index === state.period) + by;
  while (list[position] && !blocksAt(list[position].index, state.measure).length) position += by;
  return list[position] || null;
}
function step(by) {
  const next = neighbour(by);
  if (next) goTo(next.index);
  return Boolean(neighbour(by));
}

function play() {
  const button = byId("play");
  if (timer) {
    clearInterval(timer);
    timer = null;
    pageHead.style.minHeight = "";
    button.setAttribute("aria-pressed", "false");
    byId("when").removeAttribute("aria-live");
    byId("summary").textContent = summary(drawing.now);
    relabelPlay();
    return;
  }
  if (!neighbour(1)) {
    const first = periodsOf(state.kind).find((period) => blocksAt(period.index, state.measure).length);
    if (first) goTo(first.index);
  }
  button.setAttribute("aria-pressed", "true");
  byId("when").setAttribute("aria-live", "off");
  keepHead();
  timer = setInterval(() => { if (!step(1)) play(); }, matchMedia("(prefers-reduced-motion: reduce)").matches ? 1600 : 800);
  relabelPlay();
}
const relabelPlay = () => { if (byId("play")) byId("play").textContent = timer ? t("Pause") : t("Play"); };

/* Choosers ------------------------------------------------------------------------------------------------- */
function options(select, entries, chosen) {
  select.replaceChildren(...entries.map(([value, text]) => el("option", { value, text, selected: String(value) === String(chosen) })));
  select.value = String(chosen);
}
function fillChoosers() {
  options(byId("measure"), own.measures.map((measure) => [measure, measureName(measure)]), state.measure);
  if (own.page === "atlas") {
    options(byId("kind"), kinds.map((kind) => [kind, kindName(kind)]), state.kind);
  }
  options(byId("language"), Object.entries(LANGUAGES).map(([code, one]) => [code, one.name]), language);
}
function scopeChooser() {
  const found = blocksAt(state.period, state.measure), holder = byId("scope-holder");
  holder.toggleAttribute("hidden", found.length < 2);
  const chosen = blockAt(state.period, state.measure);
  options(byId("scope"), found.map((block) => [block.scope, scopeName(block.scope)]), chosen ? chosen.scope : "");
  byId("measure").value = state.measure;
  if (own.page === "atlas") byId("kind").value = state.kind;
}

/* The period of another kind that is nearest in time and has the measure. */
function nearest(kind) {
  const target = stamp(periods[state.period].end || "2000-01-01"), list = periodsOf(kind);
  const withFigure = list.filter((period) => blocksAt(period.index, state.measure).length);
  return (withFigure.length ? withFigure : list).reduce((best, period) =>
    (Math.abs(stamp(period.end) - target) < Math.abs(stamp(best.end) - target) ? period : best));
}

/* Language ------------------------------------------------------------------------------------------------- */
function translatePage() {
  document.documentElement.lang = language;
  document.querySelectorAll("[data-t]").forEach((element) => {
    element.textContent = t(element.dataset.t, { contact: shared.contact[language] });
  });
  document.querySelectorAll("[data-label]").forEach((element) => element.setAttribute("aria-label", t(element.dataset.label)));
  const cutoff = [shared.cutoff && t("Data up to {day}", { day: day(shared.cutoff) }),
    shared.created && t("Created {day}", { day: day(shared.created) })].filter(Boolean).join(" · ");
  document.querySelectorAll(".cutoff").forEach((element) => { element.textContent = cutoff; });
  byId("country").textContent = shared.country[language];
  relabelPlay();
  fillChoosers();
  legendKey = "";
  timeline.key = "";
}

/* The table in the place of the map, or the map again. */
function showTable() {
  byId("table-toggle").setAttribute("aria-pressed", String(state.table));
  byId("table").hidden = !state.table;
  byId("map-pane").hidden = state.table;
}
function toggleTable() {
  state.table = !state.table;
  showTable();
  if (state.table) { drawTable(current()); byId("table").focus(); }
  writeAddress(drawing.now);
}
/* An address typed or followed while the page is open. */
function follow() {
  const spoken = language;
  if (!readAddress()) return;
  if (language !== spoken) translatePage();
  showTable();
  render();
}

function listen() {
  byId("measure").addEventListener("change", (event) => choose({ measure: event.target.value, scope: null }));
  byId("scope").addEventListener("change", (event) => choose({ scope: Number(event.target.value) }));
  byId("language").addEventListener("change", (event) => { language = event.target.value; translatePage(); render(); });
  byId("table-toggle").addEventListener("click", toggleTable);
  byId("print").addEventListener("click", () => window.print());
  byId("panel-close").addEventListener("click", closePanel);
  byId("refit").addEventListener("click", () => fitView(true));
  if (own.page === "atlas") {
    byId("kind").addEventListener("change", (event) => {
      state.kind = event.target.value;
      goTo(nearest(state.kind).index);
    });
    byId("slider").addEventListener("input", (event) => goTo(timeline.list[Number(event.target.value)].index));
    byId("previous").addEventListener("click", () => step(-1));
    byId("next").addEventListener("click", () => step(1));
    byId("play").addEventListener("click", play);
    listenToBars();
    new ResizeObserver(() => {
      const room = Math.max(byId("bars").clientWidth - 2, 100);
      if (room !== timeline.room) { timeline.room = room; drawTimeline(); }
    }).observe(byId("bars"));
  }
  window.addEventListener("beforeprint", preparePrint);
  window.addEventListener("hashchange", follow);
  listenToMap();
}

/* An embedding page may want to know how tall the page is; it learns nothing else. */
function reportHeight() {
  if (window.parent === window) return;
  /* The body's own height: that of the document is never less than the frame, which could then only grow. */
  const send = () => window.parent.postMessage({ clearanceAtlas: "height", height: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
  new ResizeObserver(send).observe(document.body);
  send();
}

/* An atlas without a single figure still says what it is. */
function showEmpty() {
  byId("title").textContent = t("No figure was found in the bulletins.");
  document.documentElement.classList.remove("other");
  document.documentElement.classList.add("ready");
}

function start() {
  if (!own.view) { showEmpty(); return; }
  Object.assign(state, { kind: own.view.kind, period: own.view.period, measure: own.view.measure });
  readAddress();
  showTable();
  startMap();
  translatePage();
  listen();
  render();
  completion += 1;
  complete(drawing.now, finding(drawing.now));
  reportHeight();
  document.documentElement.classList.remove("other");
  document.documentElement.classList.add("ready");
}
start();
