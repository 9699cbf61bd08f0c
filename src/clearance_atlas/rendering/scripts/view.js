/* What is looked at, and what follows from it: scope, rows, classes. Pure: nothing here touches the page. */
const periods = own.periods.map(([id, kind, group, start, end, version], index) => ({
  index, id, kind, group, start, end, version,
}));
const kinds = own.kinds;
const state = { kind: "", period: 0, measure: "", scope: null, selected: null, table: false };

const periodsOf = (kind) => periods.filter((period) => period.group === kind);
const blocksAt = (period, measure) => blocksOf.get(period + "/" + measure) || [];

function blockAt(period, measure, scope = state.scope) {
  const found = blocksAt(period, measure);
  return found.find((block) => block.scope === scope) || found[0] || null;
}
const headline = (block) => (block && block.headline >= 0 ? rowsOf(block)[block.headline] : null);

const version = (period) => shared.versions[period.version] || null;
/* A place without a polygon of its own lies in those of the others wherever the group has a shape. */
function canDraw(row, period) {
  const wanted = version(period);
  if (!wanted || !row.places.length) return false;
  return row.places.length === 1 ? wanted.shapes[row.places[0]] !== undefined
    : shared.groups[`${row.set}/${period.version}`] !== undefined;
}
function areaOf(row, period) {
  if (!canDraw(row, period)) return NaN;
  const { areas, shapes } = version(period);
  return row.places.filter((place) => shapes[place] !== undefined).reduce((sum, place) => sum + (areas[place] ?? NaN), 0);
}
function rateOf(row, measure, period) {
  const area = areaOf(row, period);
  if (row.value === null || !(area > 0) || isPeople(measure)) return null;
  return (row.value / area) * (isArea(measure) ? 1 : 100);
}
const breaksOf = (measure, kind) => shared.breaks[measure + "/" + kind] || [];
function shadeOf(row, measure, period) {
  if (row.value === 0) return "zero";
  const rate = rateOf(row, measure, period);
  if (rate === null) return "unrated";
  const breaks = breaksOf(measure, period.group);
  const step = breaks.filter((bound) => rate >= bound).length;
  return "c" + spread(step, breaks.length + 1);
}
/* Fewer than five classes are spread over the whole scale, so that dark always means much. */
const spread = (step, count) => (count === 1 ? 2 : Math.round((step * 4) / (count - 1)));

/* Joint totals that overlap cannot share one surface: the widest is filled, the others stand in the table. */
function scene(period, measure, scope = state.scope) {
  const block = blockAt(period.index, measure, scope);
  const rows = block ? rowsOf(block) : [];
  const placed = rows.filter((row) => row.drawn && row.places.length);
  const drawable = placed.filter((row) => canDraw(row, period)), undrawable = placed.filter((row) => !canDraw(row, period));
  const singles = drawable.filter((row) => row.places.length === 1);
  const joint = drawable.filter((row) => row.places.length > 1)
    .sort((a, b) => b.places.length - a.places.length || a.position - b.position);
  const groups = [], taken = new Set(), hidden = [], ownRow = new Map();
  const surest = (row) => ["published", "derived", "estimated"].indexOf(row.basis);
  [singles, joint].forEach((list) => list.sort((a, b) => surest(a) - surest(b)));
  singles.forEach((row) => { if (!ownRow.has(row.places[0])) ownRow.set(row.places[0], row); else hidden.push(row); });
  joint.forEach((row) => {
    if (row.places.some((place) => taken.has(place)) || mostlyOwn(row, ownRow)) { hidden.push(row); return; }
    row.places.forEach((place) => taken.add(place));
    groups.push(row);
  });
  const single = new Set([...ownRow.keys(), ...undrawable.filter((row) => row.places.length === 1).map((row) => row.places[0])]);
  return { period, measure, block, rows, groups, ownRow, taken, hidden, undrawable, single, head: headline(block) };
}

/* Figures of places that have no boundary in the period are on no map; they must not go unsaid. */
function undrawableText({ undrawable, period }) {
  if (!undrawable.length) return "";
  const wanted = version(period), without = (place) => !wanted || wanted.shapes[place] === undefined;
  const names = [...new Set(undrawable.flatMap((row) => row.places))].filter(without).map(placeName).join(", ");
  return tn("{n} figure cannot be drawn (no boundary in this period for {names}); it stands in the table",
    "{n} figures cannot be drawn (no boundary in this period for {names}); they stand in the table",
    undrawable.length, { names: clip(names, 120) });
}

/* Where most members have a figure of their own, their total is said in the title and not drawn over them. */
const mostlyOwn = (row, own) => row.places.filter((place) => own.has(place)).length * 2 >= row.places.length;

/* One of the four states, for a district. */
function stateOf(place, now) {
  const row = now.ownRow.get(place);
  if (row) return row.value === 0 ? "zero" : row.value === null ? "undecided" : "published";
  return now.taken.has(place) ? "joint" : "blank";
}
const groupOf = (place, now) => now.groups.find((row) => row.places.includes(place)) || null;

const isDoubtful = (row) => Boolean(row) && row.value !== null && row.flags.includes("suspect_value");

/* An estimate is never shown without its name, nor a headline that looks wrong without saying so. */
function finding(now) {
  const rows = [now.head, ...now.groups, ...now.ownRow.values()].filter(Boolean);
  if (rows.some((row) => row.basis === "estimated")) return `${t("ESTIMATE")}: ${sentence(now)}`;
  return isDoubtful(now.head) ? `${t("DOUBTFUL")}: ${sentence(now)}` : sentence(now);
}
function sentence(now) {
  const { head, measure, period } = now;
  const when = periodLabel(period);
  if (!head) {
    const districts = now.single.size;
    return districts
      ? tn("{measure}, {period}: figure for {n} district", "{measure}, {period}: figures for {n} districts", districts,
        { measure: measureName(measure), period: when })
      : t("{measure}, {period}: no figure in the reports", { measure: measureName(measure), period: when });
  }
  const what = head.value === null
    ? t("{measure}: reports differ, none chosen", { measure: measureName(measure) })
    : capital(amount(head, measure));
  if (head.places.length === 1) {
    return t("{what} in {place}, {period}", { what, place: clip(placeName(head.places[0]), 60), period: when });
  }
  if (head.places.length > 1 && !mostlyOwn(head, now.single)) {
    return t("{what}, {period}, jointly in {districts}", { what, period: when, districts: districtCount(head) });
  }
  if (now.single.size) {
    return tn("{what}, {period}, with a figure for {n} district", "{what}, {period}, with figures for {n} districts",
      now.single.size, { what, period: when });
  }
  return t("{what}, {period}, no figure by district", { what, period: when });
}
const districtCount = (row) => tn("{n} district", "{n} districts", row.places.length);
