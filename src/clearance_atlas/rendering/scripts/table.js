/* The table twin: everything the reports say for this period and measure, drawn or not. */
const sorting = { column: 0, down: false };

function tableRows(now) {
  return blocksAt(now.period.index, now.measure).flatMap((block) => rowsOf(block).map((row) => {
    const rate = rateOf(row, now.measure, now.period), sources = row.supporting.map(statementOf);
    /* The row that closes a district table on its total belongs to no one district, and is not the country's either. */
    const rest = row.part === "district" && row.places.length === 0;
    const country = rest ? t("other districts") : shared.country[language];
    const where = row.places.length === 0 ? country : row.places.map(placeName).join(", ");
    const kind = rest ? SCOPE_PARTS.district() : row.places.length > 1 ? t("joint total") : row.places.length === 1 ? t("district figure") : t("national figure");
    const part = row.part && !rest ? ` (${SCOPE_PARTS[row.part] ? SCOPE_PARTS[row.part]() : t("part of the total")})` : "";
    const drawn = block === now.block && (now.groups.includes(row) || [...now.ownRow.values()].includes(row));
    const rank = rest ? 1 : row.places.length ? 0 : -1;
    return { row, cells: [where, kind + part, row.value, rate, scopeName(block.scope), row.qualifier, sources], drawn, rank };
  }));
}

const COLUMNS = () => [t("Place"), t("Kind"), t("Figure"), t("Rate"), t("Operator"), t("Notes"), t("Sources")];

function drawTable(now) {
  const rows = tableRows(now), { column, down } = sorting;
  const key = (cell) => (cell === null ? -Infinity : Array.isArray(cell) ? cell.length : cell);
  /* By place the country stands before the districts, and what is left of them behind. */
  rows.sort((a, b) => {
    if (column === 0 && a.rank !== b.rank) return a.rank - b.rank;
    const x = key(a.cells[column]), y = key(b.cells[column]);
    const order = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), language);
    return (down ? -order : order) || a.row.block.scope - b.row.block.scope || a.row.position - b.row.position;
  });
  const names = COLUMNS(), table = byId("table"), focused = table.contains(document.activeElement) && document.activeElement.dataset.row;
  const head = el("tr", { role: "row" }, ...names.map((name, index) => el("th", {
    scope: "col", role: "columnheader", "aria-sort": index === column ? (down ? "descending" : "ascending") : "none",
  }, el("button", { type: "button", text: name, "aria-label": sortState(name, index), on: { click: () => {
    sorting.down = sorting.column === index ? !sorting.down : index === 2 || index === 3;
    sorting.column = index;
    drawTable(scene(periods[state.period], state.measure));
    byId("table").querySelectorAll("th button")[index].focus();
  } } }))));
  const cell = (index, options, ...children) => el("td", { role: "cell", "data-name": names[index], ...options }, ...children);
  const body = rows.map(({ row, cells, drawn }) => el("tr", { role: "row", class: drawn ? "drawn" : "undrawn" },
    el("th", { scope: "row", role: "rowheader" }, rowName(row, cells[0], now)), cell(1, { class: "kind", text: cells[1] }),
    cell(2, { class: "num", text: figure(row, now.measure) }),
    cell(3, { class: "num", text: cells[3] === null ? "–" : rateNumber(cells[3]) }), cell(4, { text: cells[4] }),
    cell(5, { text: [drawn ? null : t("not on the map"), ...notesOf(row)].filter(Boolean).join(" ") }),
    cell(6, {}, ...reportLinks(cells[6]))));
  /* The roles stand in the markup, for on a phone the rows are laid out as blocks. */
  table.replaceChildren(el("table", { role: "table" },
    el("caption", { text: `${measureName(now.measure)}, ${periodLabel(now.period)}. ` +
      t("Rate: {unit}.", { unit: rateUnit(now.measure) }) }),
    el("thead", { role: "rowgroup" }, head), el("tbody", { role: "rowgroup" }, ...(body.length ? body
      : [el("tr", { role: "row" }, el("td", { colspan: 7, role: "cell", text: t("No figure in the reports of this period.") }))]))));
  if (focused) focusRow(focused);
}

/* A report with two sentences of one figure is one report. */
function reportLinks(statements) {
  const reports = new Map(statements.map((one) => [one.document, one]));
  return [...reports.values()].slice(0, 6).flatMap((one, k) => [k ? "; " : "", link(one.url,
    `${one.publisher}${one.published ? ", " + day(one.published) : ""}`)]);
}

const sortState = (name, index) => (index !== sorting.column ? t("{column}: sort by it", { column: name })
  : sorting.down ? t("{column}: sorted downwards", { column: name }) : t("{column}: sorted upwards", { column: name }));

/* What can be chosen on the map can be chosen by its row. */
const rowKey = ({ place, set }) => (place !== undefined ? `place ${place}` : `set ${set}`);
const focusRow = (key) => {
  const found = [...byId("table").querySelectorAll("button")].find((one) => one.dataset.row === key);
  if (found) found.focus({ preventScroll: true });
};
function rowName(row, text, now) {
  const name = el("bdi", { text });
  if (!now.groups.includes(row) && (row.places.length !== 1 || !canDraw(row, now.period))) return name;
  const target = row.places.length === 1 ? { place: row.places[0] } : { set: row.set }, key = rowKey(target);
  const chosen = state.selected && rowKey(state.selected) === key;
  return el("button", { type: "button", "data-row": key, "aria-pressed": String(Boolean(chosen)),
    on: { click: () => choose({ selected: target }) } }, name);
}

/* The view in words, for those who do not see it. */
function summary(now) {
  const parts = [finding(now) + "."], breaks = breaksOf(now.measure, now.period.group);
  if (now.groups.length) {
    parts.push(...now.groups.map((row) => t("Joint total {value} for {names}.",
      { value: figure(row, now.measure), names: row.places.map(placeName).join(", ") })));
  }
  const singles = [...now.ownRow.values()].filter((row) => row.value !== null).sort((a, b) => b.value - a.value);
  if (singles.length) {
    parts.push(t("District figures: {list}.", { list: singles.map((row) =>
      `${placeName(row.places[0])} ${figure(row, now.measure)}`).join("; ") }));
  }
  if (now.undrawable.length) parts.push(`${undrawableText(now)}.`);
  if (breaks.length) parts.push(t("Class breaks: {breaks}", { breaks: breaks.map((bound) => number(bound)).join("; ") }) + ".");
  return parts.join(" ");
}
