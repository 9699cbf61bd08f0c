/* Print: the same drawing, fitted by its viewBox to whatever paper there is, with the whole country beside it. */
function preparePrint() {
  const now = drawing.now, holder = byId("print-map");
  if (!now) return;
  holder.replaceChildren();
  const box = concernBox(now), width = 720, unit = width / (box[2] - box[0]);
  const height = Math.max((box[3] - box[1]) * unit, 300), frame = [0, 0, width, height];
  const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "drawing", role: "img", "aria-label": finding(now) }, holder);
  const inside = svg("svg", {
    x: 0, y: 0, width, height, viewBox: box[0] + " " + box[1] + " " + (box[2] - box[0]) + " " + height / unit,
  }, root);
  const printed = new Drawing(inside, "print");
  printed.rescale(unit);
  printed.show(now);
  const place = (x, y) => [(x - box[0]) * unit, (y - box[1]) * unit];
  const items = labelItems(now, place, unit, 12.5).filter((item) =>
    item.at[0] > 0 && item.at[0] < width && item.at[1] > 0 && item.at[1] < height);
  drawLabels(svg("g", { class: "labels" }, root), layoutLabels(items, frame));
  svg("rect", { x: 0.5, y: 0.5, width: width - 1, height: height - 1, class: "neatline" }, root);
  northArrow(root, width - 26, 18);
  scaleBar(byId("print-scale"), unit, inverseMercator((box[1] + box[3]) / 2));
  printScale(byId("print-scale"), root, unit, (box[1] + box[3]) / 2);
  insetMap(byId("print-inset"), now, [box[0], box[1], box[2], box[1] + height / unit]);
}

/* The bar is drawn inside the map itself, so that it stays true however the paper scales the map. */
function printScale(element, root, unit, middle) {
  const bar = element.querySelector("svg");
  element.replaceChildren();
  bar.setAttribute("x", 12);
  bar.setAttribute("y", root.viewBox.baseVal.height - 26);
  root.append(bar);
}

function northArrow(root, x, y) {
  const arrow = svg("g", { class: "north", transform: `translate(${x} ${y})` }, root);
  svg("path", { d: "M0 0L6 20L0 16L-6 20Z" }, arrow);
  svg("text", { x: 0, y: 33, "font-size": 12, "text-anchor": "middle", class: "bold" }, arrow, t("N"));
}

function insetMap(holder, now, frame) {
  holder.replaceChildren();
  const box = countryBox(now.period), root = svg("svg", {
    viewBox: `${box[0]} ${box[1]} ${box[2] - box[0]} ${box[3] - box[1]}`, class: "drawing", role: "img",
    "aria-label": t("The whole country, with the frame of the map"),
  }, holder);
  const whole = new Drawing(root, "inset");
  whole.rescale(230 / (box[2] - box[0]));
  whole.show(now);
  svg("rect", { x: frame[0], y: frame[1], width: frame[2] - frame[0], height: frame[3] - frame[1], class: "locator-frame" }, root);
}
window.addEventListener("beforeprint", preparePrint);
