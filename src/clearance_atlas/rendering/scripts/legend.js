/* The legend: classes in readable numbers, and always the four states. Swatches are SVG, so that print keeps them. */
function swatch(shade, hatched) {
  const root = svg("svg", { class: "swatch", width: 26, height: 15, viewBox: "0 0 26 15", "aria-hidden": "true" });
  svg("rect", { x: 0.5, y: 0.5, width: 25, height: 14, class: `district ${shade}` }, root);
  if (hatched) svg("rect", { x: 0.5, y: 0.5, width: 25, height: 14, class: "hatch", fill: hatchFor("legend", shade) }, root);
  if (hatched) svg("rect", { x: 0.75, y: 0.75, width: 24.5, height: 13.5, class: "group-outline" }, root);
  if (shade === "undecided" && !hatched) svg("rect", { x: 0.5, y: 0.5, width: 25, height: 14, class: "undecided-line" }, root);
  if (shade === "zero") svg("text", { x: 13, y: 11.5, "font-size": 10, "text-anchor": "middle" }, root, "0");
  return root;
}

/* The colours are SVG, so that print keeps them; the bounds are text of the page, as large as a reader wants it. */
function classRamp(breaks) {
  const count = breaks.length + 1, bounds = breaks.map((bound) => number(bound));
  const colours = svg("svg", { viewBox: `0 0 ${count} 1`, preserveAspectRatio: "none", "aria-hidden": "true" });
  for (let step = 0; step < count; step += 1) {
    svg("rect", { x: step, width: 1, height: 1, class: `c${spread(step, count)}` }, colours);
  }
  return el("div", { class: "ramp", role: "img", "aria-label": t("Class breaks: {breaks}", { breaks: bounds.join("; ") }) },
    colours, el("div", { class: "bounds" }, ...bounds.map((text) => el("span", { text }))));
}

let legendKey = "";
function drawLegend(now) {
  const bases = ["derived", "estimated"].filter((basis) => [...now.groups, ...now.ownRow.values()].some((row) => row.basis === basis));
  const undecided = [[now.ownRow, false], [now.groups, true]].filter(([rows]) => [...rows.values()].some((row) => row.value === null))
    .map(([, joint]) => joint);
  const key = [language, now.measure, now.period.group, ...bases, ...undecided].join("/");
  if (key === legendKey) return;
  legendKey = key;
  const breaks = breaksOf(now.measure, now.period.group), element = byId("legend");
  const classed = shared.breaks[now.measure + "/" + now.period.group] !== undefined;
  const states = [
    ...(isPeople(now.measure) ? [["unrated", false, t("number of people in the district, not shaded")],
      ["unrated", true, t("number of people in several districts together, not shaded")]]
      : [["c2", false, t("figure published for the district")], ["c2", true, t("joint total of several districts, one surface")]]),
    ["zero", false, t("published zero")],
    ["blank", false, t("no figure in these reports")],
    ...undecided.map((joint) => ["undecided", joint, t("reports differ, none chosen")]),
    ...bases.map((basis) => [`c2 ${basis}`, false, basis === "estimated" ? t("ESTIMATE, not published") : BASES[basis]()]),
  ];
  element.replaceChildren(
    el("p", { class: "legend-title" },
      el("strong", { text: measureName(now.measure) }), " ",
      el("span", { text: isPeople(now.measure) ? t("not shaded by district") : rateUnit(now.measure) })),
    ...(classed && !isPeople(now.measure) ? [classRamp(breaks)] : []),
    el("ul", {}, ...states.map(([shade, hatched, text]) => el("li", {}, swatch(shade, hatched), el("span", { text })))),
  );
}
