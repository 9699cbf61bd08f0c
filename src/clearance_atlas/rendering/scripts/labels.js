/* Names that do not collide: the most important first, each at the first free spot near its anchor. */
const canvas = document.createElement("canvas").getContext("2d");
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', 'DejaVu Sans', sans-serif";
const widthCache = new Map();
function textWidth(text, size, bold) {
  const key = `${bold ? 1 : 0}${text}`;
  if (!widthCache.has(key)) {
    canvas.font = `${bold ? 600 : 400} 100px ${FONT}`;
    widthCache.set(key, canvas.measureText(text).width / 100);
  }
  return widthCache.get(key) * size;
}

function wrap(text, size, width) {
  const lines = [];
  text.split(" ").forEach((word) => {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && textWidth(longer, size, false) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  });
  return lines;
}

const overlaps = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/* ``place(x, y)`` turns map units into drawing units; ``frame`` is the drawing's own box. */
function labelItems(now, place, scale, size) {
  const wanted = version(now.period), items = [];
  if (!wanted) return items;
  now.groups.forEach((row) => {
    const [, x, y] = [0, ...shared.anchors[`${row.set}/${now.period.version}`]];
    const box = shapeBox(shared.groups[`${row.set}/${now.period.version}`]);
    const lines = [
      { text: figure(row, now.measure), bold: true, size: size * 1.25 },
      ...wrap(t("reported jointly for {districts}", { districts: districtCount(row) }), size,
        Math.max((box[2] - box[0]) * scale * 0.4, size * 9)).map((text) => ({ text, bold: false, size })),
    ];
    items.push({ kind: "group", set: row.set, at: place(x, mercator(y / 1000)), lines, rank: 0, plate: true, must: true,
      reach: [(box[2] - box[0]) * scale, (box[3] - box[1]) * scale] });
  });
  Object.entries(wanted.shapes).forEach(([key, shape]) => {
    const id = Number(key), condition = stateOf(id, now), box = shapeBox(shape);
    const [x, y] = wanted.labels[key], reach = [(box[2] - box[0]) * scale, (box[3] - box[1]) * scale];
    const concerned = condition !== "blank", row = now.ownRow.get(id);
    const name = clip(placeName(id), 28), town = shared.towns.includes(id);
    if (!concerned && textWidth(name, size * 0.92, false) > reach[0] * 0.98) return;
    const lines = [{ text: name, bold: Boolean(row), size: concerned ? size : size * 0.92 }];
    if (row) lines.push({ text: figure(row, now.measure), bold: false, size: size * 0.95 });
    items.push({ kind: concerned ? "name" : "quiet", place: id, at: place(x, mercator(y / 1000)), lines, reach, town,
      rank: (concerned ? 1 : 3) + (row ? 0 : 0.5) + (town ? 0.2 : 0) });
  });
  return items.sort((a, b) => a.rank - b.rank || b.reach[0] * b.reach[1] - a.reach[0] * a.reach[1]);
}

function candidates(item, width, height) {
  const [x, y] = item.at, near = [[0, 0]];
  if (item.town) {
    const gap = SMALL / 2 + 3;
    return [[gap + width / 2, 0], [-gap - width / 2, 0], [0, -gap - height / 2], [0, gap + height / 2],
      [gap + width / 2, -height / 2], [gap + width / 2, height / 2], [-gap - width / 2, height / 2]]
      .map(([dx, dy]) => [x + dx, y + dy]);
  }
  const dx = Math.max(0, item.reach[0] * 0.32), dy = Math.max(height * 0.5, item.reach[1] * 0.16);
  [0, 1, -1].forEach((h) => [1, -1, 2, -2].forEach((v) => near.push([h * dx * 0.5, v * dy])));
  near.push([dx * 0.5, 0], [-dx * 0.5, 0], [dx, 0], [-dx, 0]);
  return near.map(([h, v]) => [x + h, y + v]);
}

function measureLines(lines) {
  return [Math.max(...lines.map((line) => textWidth(line.text, line.size, line.bold))),
    lines.reduce((sum, line) => sum + line.size * 1.18, 0)];
}

function layoutLabels(items, frame, blocked = []) {
  const taken = blocked.slice(), placed = [];
  items.forEach((item) => {
    const attempts = item.lines.length > 1 && !item.must ? [item.lines, item.lines.slice(0, 1)] : [item.lines];
    for (const lines of attempts) {
      const [width, height] = measureLines(lines), pad = item.plate ? 6 : 1.5;
      const boxAt = ([x, y]) => [x - width / 2 - pad, y - height / 2 - pad, x + width / 2 + pad, y + height / 2 + pad];
      const fits = (box) => box[0] >= frame[0] && box[1] >= frame[1] && box[2] <= frame[2] && box[3] <= frame[3];
      const spots = candidates(item, width, height);
      let spot = spots.find((at) => fits(boxAt(at)) && !taken.some((box) => overlaps(box, boxAt(at))));
      if (!spot && item.must) spot = spots[0];
      if (spot) {
        taken.push(boxAt(spot));
        placed.push({ item, lines, at: spot, box: boxAt(spot), height });
        return;
      }
    }
  });
  return placed;
}

function drawLabels(layer, placed) {
  layer.replaceChildren();
  placed.forEach(({ item, lines, at, box, height }) => {
    const attributes = { class: `label ${item.kind}` };
    if (item.kind === "group") Object.assign(attributes, { "data-set": item.set, tabindex: 0, role: "button" });
    const holder = svg("g", attributes, layer);
    if (item.plate) {
      svg("rect", { x: box[0], y: box[1], width: box[2] - box[0], height: box[3] - box[1], rx: 3, class: "plate" }, holder);
    }
    let y = at[1] - height / 2;
    lines.forEach((line) => {
      svg("text", {
        x: at[0].toFixed(1), y: (y + line.size * 0.92).toFixed(1), "font-size": line.size.toFixed(1),
        class: line.bold ? "bold" : "",
      }, holder, line.text);
      y += line.size * 1.18;
    });
  });
}
