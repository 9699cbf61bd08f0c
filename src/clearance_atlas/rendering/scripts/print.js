/* Print: the same drawing, fitted by its viewBox to whatever paper there is, with the whole country beside it. */
function preparePrint() {
  const now = drawing.now, holder = byId("print-map");
  if (!now) return;
  say("print-address", pageAddress());
  holder.replaceChildren();
  const box = concernBox(now), width = 560, unit = width / (box[2] - box[0]), height = (box[3] - box[1]) * unit;
  const viewBox = `0 0 ${width} ${height}`;
  const root = svg("svg", { viewBox, class: "drawing", role: "img", "aria-label": finding(now) }, holder);
  const ground = svg("svg", {
    x: 0, y: 0, width, height, viewBox: `${box[0]} ${box[1]} ${box[2] - box[0]} ${box[3] - box[1]}`, overflow: "visible",
  }, root);
  const printed = new Drawing(ground, "print");
  printed.rescale(unit);
  printed.show(now);
  const place = (x, y) => [(x - box[0]) * unit, (y - box[1]) * unit];
  const items = labelItems(now, place, unit, 13);
  drawLabels(svg("g", { class: "labels" }, root), layoutLabels(items, [-width, -height, 2 * width, 2 * height]));
  printScale(svg("svg", { viewBox, class: "print-scale", preserveAspectRatio: "xMinYMax meet" }, holder), unit, height,
    (box[1] + box[3]) / 2);
  northArrow(byId("print-north"));
  insetMap(byId("print-inset"), now, box);
}

/* Where a sheet comes from: its address on the web, or else the name of the file and nothing of the machine. */
function pageAddress() {
  const { protocol, href, pathname, hash } = window.location;
  if (/^https?:$/.test(protocol)) return href;
  const name = pathname.split("/").pop();
  return protocol === "file:" && name ? decodeURI(name) + hash : "";
}

/* The bar scales with the map, because its drawing has the same box; it only sits in the corner of the sheet. */
function printScale(root, unit, height, middle) {
  const element = el("div");
  scaleBar(element, unit, inverseMercator(middle));
  const bar = element.firstChild;
  bar.setAttribute("x", 8);
  bar.setAttribute("y", height - 18);
  root.append(bar);
}

function northArrow(element) {
  element.replaceChildren();
  const arrow = svg("svg", { viewBox: "-9 -1 18 38", class: "north", "aria-hidden": "true" }, element);
  svg("path", { d: "M0 0L6 20L0 16L-6 20Z" }, arrow);
  svg("text", { x: 0, y: 34, "font-size": 12, "text-anchor": "middle", class: "bold" }, arrow, t("N"));
}

function insetMap(holder, now, frame) {
  holder.replaceChildren();
  const box = countryBox(now.period), root = svg("svg", {
    viewBox: `${box[0]} ${box[1]} ${box[2] - box[0]} ${box[3] - box[1]}`, class: "drawing", role: "img",
    "aria-label": t("The whole country, with the frame of the map"),
  }, holder);
  const whole = new Drawing(root, "inset", 5);
  whole.rescale(230 / (box[2] - box[0]));
  whole.show(now);
  svg("rect", { x: frame[0], y: frame[1], width: frame[2] - frame[0], height: frame[3] - frame[1], class: "locator-frame" }, root);
}
