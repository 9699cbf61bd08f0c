/* The panel: what is said of the selected district, group or period, and who says it. */
const statementOf = (index) => {
  const [sentence, start, end, value, unit, flags, role, operator, places] = own.statements[index];
  const [document_, text, cells] = own.sentences[sentence];
  const [publisher, published, url, kind, title, id, lang, table] = own.documents[document_];
  return { text, cells, start, end, value, unit, flags, role, operator: operator ?? null, places: places || 0, document: document_, publisher: publisher || t("publisher not stated"),
    named: Boolean(publisher), published, url, kind, title, id, lang, table };
};
/* Outlets by name; texts that name none count only where there is nothing better. */
const outlets = (statements) => {
  const named = statements.filter((one) => one.named);
  return [...new Set((named.length ? named : statements).map((one) => one.publisher))];
};

/* An outlet that names where its text comes from counts with it: "menafn/Trend" is Trend's. */
const originOf = (name) => name.slice(name.lastIndexOf("/") + 1).split("(")[0].trim().toLowerCase();

/* A piece of the published text with the figure marked where it lies in it. */
function markedText({ text, start, end }, from, to) {
  if (start < from || end > to) return [text.slice(from, to)];
  const early = Math.max(from, text.lastIndexOf(" ", start - NEAR) + 1), next = text.indexOf(" ", end + NEAR);
  const late = next < 0 || next > to ? to : next;
  return [far(text.slice(from, early)), text.slice(early, start), el("mark", { text: text.slice(start, end) }),
    text.slice(end, late), far(text.slice(late, to))];
}
/* Paper has no room for a long quotation: there what is far from the figure becomes an ellipsis. */
const NEAR = 170;
const far = (text) => (text ? el("span", { class: "far", text }) : null);
/* What a row of our tables says, in words; only what its known columns hold. */
function rowInWords(statement) {
  const cell = new Map(statement.cells.map(([column, from, to]) => [column, statement.text.slice(from, to)]));
  const place = shared.places.findIndex(([code]) => code === cell.get("place_code"));
  if (!MEASURE_NAMES[cell.get("measure")]) return null;
  const value = statedText(statement.value, statement.unit), hedge = QUALIFIED[cell.get("qualifier")] || QUALIFIED.exact;
  const from = cell.get("period_start") || null, to = cell.get("period_end") || null;
  const dated = [from, to].every((one) => !one || /^[\dX]{4}-\d\d-\d\d$/.test(one)) && to;
  const operator = shared.scopes.findIndex(([code]) => code && code === cell.get("operator"));
  const parts = [place >= 0 ? placeName(place) : null,
    dated ? periodLabel({ kind: cell.get("period_kind") || "custom", start: from, end: to, id: to }) : null,
    operator >= 0 ? operatorText(operator) : null].filter(Boolean);
  return [`${measureName(cell.get("measure"))}: `, el("mark", { text: hedge(value) }), parts.length ? `; ${parts.join("; ")}` : null];
}
/* The row of a table, each cell as published under the name of its column. */
const rowText = (statement) => statement.cells.flatMap(([column, from, to], k) =>
  [el("span", { class: "column", text: `${k ? "; " : ""}${column}: ` }), ...markedText(statement, from, to)]);

function quotation(statement) {
  const heading = statement.table && statement.kind === "abstract"
    ? t("Row of our table, after {publisher}", { publisher: statement.publisher })
    : statement.kind === "abstract" ? t("Our abstract of {publisher}", { publisher: statement.publisher })
    : statement.publisher;
  const marked = el("bdi", { class: statement.table ? "sentence row" : "sentence", lang: statement.lang },
    ...(statement.cells ? rowText(statement) : markedText(statement, 0, statement.text.length)));
  const words = statement.cells ? rowInWords(statement) : null;
  return el("figure", { class: `quote ${statement.kind}` },
    el("figcaption", {}, el("strong", { text: heading }), " ", el("span", { class: "when",
      text: statement.published ? day(statement.published) : t("undated") })),
    words ? el("p", { class: "said" }, ...words) : null,
    words ? el("details", {}, el("summary", { text: t("Row as in our table") }), el("blockquote", { dir: "auto" }, marked))
      : el("blockquote", { dir: "auto" }, marked),
    el("p", { class: "source" }, /^https?:/i.test(statement.url || "")
      ? link(statement.url, statement.kind === "abstract"
        ? t("Read the report at {publisher}", { publisher: statement.publisher }) : t("Read the source"))
      : null, statement.table || !/^https?:/i.test(statement.url || "")
      ? el("span", { class: "file", text: t("Document {name}", { name: statement.id }) }) : null));
}

const UNIT_NAMES = { ha: () => t("ha"), km2: () => "km²", m2: () => "m²", items: () => "", people: () => "" };
const statedText = (value, unit) => (unit === "percent" ? t("{value}%", { value: number(value) })
  : `${number(value)} ${UNIT_NAMES[unit]()}`.trim());

function agreement(row) {
  const supporting = row.supporting.map(statementOf), differing = row.differing.map(statementOf);
  const names = outlets(supporting), list = el("ul", { class: "agreement" });
  if (names.length) {
    const copies = names.length - new Set(names.map(originOf)).size;
    list.append(el("li", { text: capital(tn("{n} outlet gives this figure: {names}", "{n} outlets give this figure: {names}",
      names.length, { names: names.join(", ") })) +
      (copies ? `; ${tn("{n} of them a reprint", "{n} of them reprints", copies)}` : "") }));
  }
  differing.forEach((other) => list.append(el("li", { class: "differs" },
    t("{publisher} gives {value}", { publisher: other.publisher, value: statedText(other.value, other.unit) }), ", ",
    link(other.url, other.published ? day(other.published) : t("undated")))));
  return list;
}

/* Why a sentence may name another operator than the figure counts for. */
function operatorNote(row, statement, period) {
  const named = statement.operator;
  if (named === null || named === row.block.scope) return null;
  const [code, counted] = [named, row.block.scope].map((scope) => shared.scopes[scope][0]);
  const since = shared.changes.filter(([iso, , kindsOf, scope, readsAs]) => scope === code && readsAs === counted &&
    kindsOf.includes(period.kind) && iso <= (period.end || "")).map(([iso]) => iso).pop();
  return since ? t("The report names {name}; its totals since {day} include all operators.", { name: scopeName(named), day: day(since) })
    : t("The report names {name}.", { name: scopeName(named) });
}

/* Why a sentence may list districts for what stands as the figure of the country. */
function placesNote(row, statement) {
  if (row.places.length || !statement.places) return null;
  return tn("The report names {n} district for this total; other reports of it name none, or others.",
    "The report names {n} districts for this total; other reports of it name none, or others.", statement.places);
}

/* What the districts' own figures leave of the total, where the arithmetic is exact; a difference, and drawn nowhere. */
function restText(now) {
  const { head, block, measure } = now, own_ = [...now.ownRow.values()], unit = 10 ** (block ? block.decimals : 0);
  const sound = (row) => row.value !== null && row.qualifier === "exact" && row.basis === "published" && !isDoubtful(row);
  if (!head || head.places.length || own_.length < 2 || now.groups.length || ![head, ...own_].every(sound)) return null;
  const whole = (row) => Math.round(row.value * unit), sum = own_.reduce((total, row) => total + whole(row), 0), rest = whole(head) - sum;
  if (rest <= 0) return null;
  const say_ = (value) => figure({ ...head, value: value / unit }, measure);
  return tn("{n} district together: {sum}; elsewhere or not given by district: {rest}.",
    "{n} districts together: {sum}; elsewhere or not given by district: {rest}.", own_.length,
    { sum: say_(sum), rest: say_(rest) });
}

function notesOf(row) {
  const notes = row.flags.filter((flag) => FLAGS[flag]).map((flag) => FLAGS[flag]());
  if (row.conflict) notes.unshift(t("Reports differ: {rule}", { rule: ruleText(row.conflict) }));
  if (row.stated) notes.push(t("Stated as {value}.", { value: statedText(...row.stated) }));
  if (row.basis !== "published") notes.push(capital(BASES[row.basis]()) + ".");
  return [...notes, ...row.notes.map((note) => `${note}.`)];
}
const RULES = {
  "news over background": () => t("a bulletin's own figure goes before a repeated one"),
  "parts that sum": () => t("the figure was taken with which the published parts close"),
  majority: () => t("the figure of most outlets was taken"),
  "primary publisher": () => t("the figure of the first publisher was taken"),
  "later revision": () => t("the later correction was taken"),
  "not chosen": () => t("none was chosen"),
};
const ruleText = (rule) => (RULES[rule] ? RULES[rule]() : rule);

function citation(row, sources, now) {
  const what = row.value === null
    ? t("{measure}: reports differ, none chosen", { measure: measureName(now.measure) }) : amount(row, now.measure);
  const names = row.places.map(placeName).join(", "), joint = row.places.length > 1;
  const where = joint ? `${t("jointly, {districts}", { districts: districtCount(row) })}: ${names}` : names || shared.country[language];
  const operator = operatorText(row.block.scope);
  const asides = [operator && `${operator}.`, isDoubtful(row) && FLAGS.suspect_value()].filter(Boolean).join(" ");
  const source = sources.map((one) => [row.value === null ? statedText(one.value, one.unit) : null, one.publisher,
    one.published ? day(one.published) : t("undated"), one.url].filter(Boolean).join(", ")).join("; ");
  return `${capital(what)}, ${periodLabel(now.period)}, ${where}. ${asides}${asides && " "}${source}. ` +
    t("Collected in {atlas}, data up to {day}.", { atlas: shared.publisher, day: shared.cutoff ? day(shared.cutoff) : "–" });
}

const roundArea = (area) => number(area < 100 ? area : Math.round(area));
function figureBlock(row, now) {
  const rate = rateOf(row, now.measure, now.period), first = row.supporting.length ? statementOf(row.supporting[0]) : null;
  const rest = row.supporting.slice(1).map(statementOf), open = row.value === null ? row.differing.map(statementOf) : [];
  const cited = first ? [first] : open, alien = first && operatorNote(row, first, now.period);
  const converted = first && !row.stated && isArea(now.measure) && first.unit !== "ha" ? statedText(first.value, first.unit) : null;
  const copied = el("span", { class: "copied", role: "status" });
  return [
    el("p", { class: "big" }, el("span", { text: figure(row, now.measure) })),
    el("p", { class: "measure", text: [measureName(now.measure), periodLabel(now.period)].join(", ") }),
    rate === null ? null : el("p", { class: "rate", text: t("{rate} {unit}; area {area} km²", {
      rate: rateNumber(rate), unit: rateUnit(now.measure), area: roundArea(areaOf(row, now.period)),
    }).replace(" km²", "\u00a0km²") }),
    operatorText(row.block.scope) ? el("p", { class: "scope", text: operatorText(row.block.scope) }) : null,
    ...[alien, first && placesNote(row, first), converted && t("Stated as {value}.", { value: converted }), ...notesOf(row)].filter(Boolean)
      .map((text) => el("p", { class: "note", text })),
    first ? quotation(first) : null,
    ...open.flatMap((one) => [el("p", { class: "stated", text: statedText(one.value, one.unit) }), quotation(one)]),
    cited.length ? null : el("p", { class: "note", text: t("No sentence is kept for this figure.") }),
    row.supporting.length + row.differing.length > open.length ? agreement(row) : null,
    rest.length ? el("details", {}, el("summary", { text: t("Other reports of this figure") }), ...rest.map(quotation)) : null,
    cited.length ? el("p", { class: "copy" }, el("button", { type: "button", text: t("Copy as citation"), on: { click: async () => {
      copied.textContent = (await copyText(citation(row, cited, now))) ? t("copied") : t("copying is blocked here");
    } } }), " ", copied) : null,
  ];
}

function jointList(row) {
  return el("p", { class: "members" }, el("span", { text: t("Districts named jointly:") + " " }),
    el("bdi", { text: row.places.map(placeName).join(", ") }));
}

function districtPanel(place, now) {
  const condition = stateOf(place, now), row = now.ownRow.get(place), joint = groupOf(place, now);
  const parts = [];
  if (row) parts.push(...figureBlock(row, now));
  else if (condition === "joint") {
    parts.push(el("p", { class: "state", text: t("Named in this report; no district figure published.") }),
      el("p", { class: "note", text: t("The joint total {value} belongs to {districts} together. No share of it is known.",
        { value: figure(joint, now.measure), districts: districtCount(joint) }) }),
      ...figureBlock(joint, now).slice(2));
  } else parts.push(el("p", { class: "state", text: t("No figure in the reports of this period.") }));
  const named = shared.named[place] || 0;
  parts.push(districtHistory(place, now), el("p", { class: "named", text: named
    ? tn("Named in {n} report of the whole archive.", "Named in {n} reports of the whole archive.", named)
    : t("Not named in any report of the archive.") }));
  if (version(now.period).uncertain.includes(place)) {
    parts.push(el("p", { class: "note", text: t("A border of this district is approximate (dashed).") }));
  }
  return [el("h2", {}, el("bdi", { text: placeName(place) })), ...parts];
}

/* The district's own published figures of the same kind, beside the periods that only name it jointly. */
function districtHistory(place, now) {
  const points = [];
  periodsOf(now.period.group).forEach((period, turn) => {
    const block = blockAt(period.index, now.measure);
    const rows = block ? rowsOf(block).filter((row) => row.drawn && row.places.includes(place)) : [];
    const single = rows.find((row) => row.places.length === 1 && row.value !== null);
    if (single || rows.length) points.push({ period, turn, value: single ? single.value : null });
  });
  if (points.length < 2) return null;
  const begin = points[0].turn, count = points[points.length - 1].turn - begin + 1; /* periods without a word of it are gaps */
  const top = Math.max(...points.map((point) => point.value || 0)), width = 300, step = Math.min(24, width / count);
  const figures = points.filter((point) => point.value !== null).length;
  const label = tn("{n} figure of its own", "{n} figures of its own", figures) + "; " +
    tn("{n} period with a joint total only", "{n} periods with a joint total only", points.length - figures);
  const ends = [points[0], points[points.length - 1]].map((point) => periodLabel(point.period));
  const reach = count * step, apart = (ends[0].length + ends[1].length) * 5 < reach;
  const root = svg("svg", { viewBox: `0 0 ${width} ${apart ? 56 : 67}`, class: "history", role: "img", "aria-label": label });
  svg("path", { d: `M0 44H${width}`, class: "axis" }, root);
  points.forEach((point, k) => {
    const current = point.period === now.period ? " now" : "", x = (point.turn - begin) * step;
    if (k && points[k - 1].period.version !== point.period.version) {
      svg("path", { d: `M${x} 0V44` }, svg("g", { class: "break" }, root)); /* its borders changed */
    }
    if (point.value === null) {
      svg("rect", { x: x + step * 0.3, y: 42, width: Math.max(1.5, step * 0.4), height: 4, class: `mention${current}` }, root);
    } else {
      const height = top ? Math.max(1.5, (point.value / top) * 40) : 1.5;
      svg("rect", { x: x + step * 0.12, y: 44 - height, width: step * 0.76, height, class: `bar${current}` }, root);
    }
  });
  svg("text", { x: 0, y: 55, "font-size": 9 }, root, ends[0]);
  svg("text", apart ? { x: reach, y: 55, "font-size": 9, "text-anchor": "end" } : { x: 0, y: 66, "font-size": 9 }, root,
    apart ? ends[1] : `– ${ends[1]}`);
  return el("div", { class: "history-box" },
    el("h3", { text: t("History of the district") }), root, el("p", { class: "note", text: capital(label) }));
}

function overview(now) {
  const parts = [el("h2", { text: capital(periodLabel(now.period)) })], undrawable = undrawableText(now);
  if (now.head) parts.push(...figureBlock(now.head, now));
  else if (now.ownRow.size) parts.push(el("p", { class: "state", text: t("Choose a district on the map.") }));
  else if (!undrawable) parts.push(el("p", { class: "state", text: t("No figure in the reports of this period.") }));
  const rest = restText(now);
  if (rest) parts.splice(3, 0, el("p", { class: "note rest", text: rest }));
  if (now.head && now.head.places.length > 1) parts.splice(4, 0, jointList(now.head));
  if (undrawable) parts.splice(1, 0, el("p", { class: "note undrawable", text: `${capital(undrawable)}.` }));
  else if (now.head && !now.head.places.length && !now.groups.length && !now.ownRow.size) {
    parts.push(el("p", { class: "note", text: t("The reports give no figure by district, so no district is coloured.") }));
  }
  return parts;
}

function drawPanel(now) {
  const body = byId("panel-body"), chosen = state.selected;
  let content = null;
  if (chosen && chosen.place !== undefined && version(now.period) && version(now.period).shapes[chosen.place] !== undefined) {
    content = districtPanel(chosen.place, now);
  } else if (chosen && chosen.set !== undefined) {
    const row = now.groups.find((one) => one.set === chosen.set);
    if (row) {
      content = [el("h2", { text: t("One joint total for {districts}", { districts: districtCount(row) }) }), ...figureBlock(row, now)];
      content.splice(3, 0, jointList(row));
    }
  }
  const selected = Boolean(content);
  body.replaceChildren(...(content || overview(now)).filter(Boolean));
  byId("panel").classList.toggle("open", selected);
  byId("panel-close").toggleAttribute("hidden", !selected);
}
