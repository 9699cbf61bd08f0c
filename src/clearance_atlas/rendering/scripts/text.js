/* Words, numbers and dates in the language of the page. Messages are English; the catalogues hold the others. */
let language = shared.language;

const pack = () => LANGUAGES[language];
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
const t = (message, values = {}) => fill(pack().messages[message] || message, values);

/* Plural forms: the catalogue keeps them in the order of its Plural-Forms header, and those after "over" or "about"
   apart where they differ: Russian has the genitive there. */
const HEDGED = "hedged\u0004";
function tn(one, many, count, values = {}, hedge = false) {
  const { messages } = pack(), forms = (hedge && messages[HEDGED + one]) || messages[one];
  const whole = Number.isInteger(count) ? count : 2;
  const text = Array.isArray(forms) ? forms[PLURALS[language](whole)] : [one, many][PLURALS.en(whole)];
  return fill(text, { n: number(count), ...values });
}

function number(value, digits = null) {
  const fixed = digits === null ? String(Math.round(value * 1e6) / 1e6) : value.toFixed(digits);
  const [whole, fraction] = fixed.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, pack().group);
  return fraction ? grouped + pack().decimal + fraction : grouped;
}

/* Rates are read at three significant digits; the figure beside them stays as published. */
function rateNumber(value) {
  if (value === 0) return "0";
  const digits = Math.max(0, 2 - Math.floor(Math.log10(value)));
  return number(Number(value.toFixed(Math.min(digits, 6))));
}

const monthName = (month, alone) => pack()[alone ? "standalone" : "months"][month - 1];
function day(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  return Number.isNaN(year) ? `${date} ${monthName(month)}` : `${date} ${monthName(month)} ${year}`;
}

function span(start, end) {
  const [y1, m1, d1] = start.split("-").map(Number), [y2, m2, d2] = end.split("-").map(Number);
  if (start === end) return day(start);
  if (y1 !== y2) return `${day(start)} – ${day(end)}`;
  if (m1 !== m2) return `${d1} ${monthName(m1)} – ${day(end)}`;
  return `${d1}–${day(end)}`;
}

const isWholeYear = (start, end) => Boolean(start) && start.endsWith("-01-01") && end === `${start.slice(0, 4)}-12-31`;
function periodLabel(period) {
  const { kind, start, end } = period;
  if (kind === "cumulative") {
    if (!end) return t("to date, day not stated");
    if (isWholeYear(start, end)) return start.slice(0, 4);
    return start ? t("{start} to {end}", { start: day(start), end: day(end) }) : t("up to {day}", { day: day(end) });
  }
  if (!start || !end) return period.id;
  const [year, month] = start.split("-").map(Number);
  if (kind === "month") return `${monthName(month, true)} ${year}`;
  if (kind === "year") return String(year);
  if (kind === "quarter") return t("quarter {number} of {year}", { number: Math.ceil(month / 3), year });
  if (kind === "half") return t(month < 7 ? "first half of {year}" : "second half of {year}", { year });
  return span(start, end);
}

const placeName = (place) => shared.places[place][{ en: 1, az: 2, ru: 3 }[language]] || shared.places[place][1];
const clip = (text, length) => {
  const points = Array.from(text);
  return points.length > length ? points.slice(0, length - 1).join("") + "…" : text;
};

const MEASURE_NAMES = {
  area_cleared: () => t("Area reported as cleared"), ap_mines: () => t("Anti-personnel mines"),
  at_mines: () => t("Anti-tank mines"), uxo: () => t("Unexploded ordnance"),
  mines_total: () => t("Mines, class not said"), ordnance_total: () => t("Mines and ordnance together"),
  submunitions: () => t("Submunitions"), killed: () => t("People killed"), injured: () => t("People injured"),
  casualties: () => t("Casualties"), mines_mapped: () => t("Mines in handed-over records"),
  area_surveyed: () => t("Area reported as surveyed"),
};
const measureName = (measure) => MEASURE_NAMES[measure]();

const AMOUNTS = {
  ap_mines: ["{value} anti-personnel mine reported found", "{value} anti-personnel mines reported found"],
  at_mines: ["{value} anti-tank mine reported found", "{value} anti-tank mines reported found"],
  uxo: ["{value} item of unexploded ordnance reported found", "{value} items of unexploded ordnance reported found"],
  mines_total: ["{value} mine reported found", "{value} mines reported found"],
  ordnance_total: ["{value} mine or item of ordnance reported found", "{value} mines and items of ordnance reported found"],
  submunitions: ["{value} submunition reported found", "{value} submunitions reported found"],
  mines_mapped: ["{value} mine listed in handed-over records", "{value} mines listed in handed-over records"],
  casualties: ["{value} person reported killed or injured", "{value} people reported killed or injured"],
  killed: ["{value} person reported killed", "{value} people reported killed"],
  injured: ["{value} person reported injured", "{value} people reported injured"],
};
/* Azerbaijani puts "over 84" as "more than from 84", with a suffix in harmony with the end of the number as it is read. */
function ablative(text) {
  const digits = text.split(",").pop().replace(/\D/g, ""), bare = digits.replace(/0+$/, ""), zeros = digits.length - bare.length;
  if (!bare || zeros >= 6) return "dan";
  return ["69", "13469"][zeros]?.includes(bare.slice(-1)) ? "dan" : "dən";
}
const suffixed = (value) => ({ value, ablative: ablative(value) });
const QUALIFIED = {
  exact: (value) => value, over: (value) => t("over {value}", suffixed(value)),
  about: (value) => t("about {value}", { value }), under: (value) => t("under {value}", suffixed(value)),
};
const AREAS = {
  exact: (value) => t("{value} ha", { value }), over: (value) => t("over {value} ha", { value }),
  about: (value) => t("about {value} ha", { value }), under: (value) => t("under {value} ha", { value }),
};
const isArea = (measure) => measure === "area_cleared" || measure === "area_surveyed";
const isPeople = (measure) => ["casualties", "killed", "injured"].includes(measure);

/* The figure as the source hedges it, with its unit: "over 374 ha". */
const hedged = (row, measure) => (isArea(measure) ? AREAS : QUALIFIED)[row.qualifier](number(row.value));
function figure(row, measure) {
  if (row.value === null) return t("reports differ, none chosen");
  const text = hedged(row, measure);
  return row.basis === "estimated" ? `${text} (${t("ESTIMATE")})` : text;
}
function amount(row, measure) {
  const text = hedged(row, measure);
  if (measure === "area_cleared") return t("{area} reported as cleared", { area: text });
  if (measure === "area_surveyed") return t("{area} reported as surveyed", { area: text });
  return tn(...AMOUNTS[measure], row.value, { value: text }, row.qualifier !== "exact");
}
const capital = (text) => text.charAt(0).toLocaleUpperCase(language) + text.slice(1);

const rateUnit = (measure) => (isArea(measure) ? t("ha per 100 ha of district") : t("items per 100 km²"));
const kindName = (kind) => ({
  week: t("Weeks"), month: t("Months"), quarter: t("Quarters"), half: t("Half-years"), year: t("Years"),
  cumulative: t("To date"), custom: t("Other spans"),
}[kind]);
const scopeName = (scope) => shared.scopes[scope][1][language] || shared.scopes[scope][1].en || t("operator not stated");
const operatorText = (scope) => (shared.scopes[scope][0] ? t("Operator: {name}", { name: scopeName(scope) }) : "");

const FLAGS = {
  restates: () => t("Repeats an earlier figure."), subset: () => t("A part of a larger total."),
  planned: () => t("A plan, not a result."), ordered: () => t("An order, not a result."),
  surveyed: () => t("Surveyed, not cleared."),
  suspect_value: () => t("The figure looks wrong as printed."),
  suspect_period: () => t("The dates look wrong."), sum_mismatch: () => t("The parts do not add up to the total."),
  year_inferred: () => t("The year is not in the text; it was inferred."),
  unmatched_place: () => t("The text names a place that the gazetteer does not know."),
};
const BASES = {
  published: () => t("as published"), derived: () => t("difference of published figures"), estimated: () => t("ESTIMATE"),
};
const SCOPE_PARTS = {
  operator: () => t("part by operator"), district: () => t("part by district"), land_use: () => t("part by land use"),
  subgroup: () => t("part of the total"),
};
