/* Names that do not collide: the most important first, each at the first free spot near its anchor. */
const canvas = document.createElement("canvas").getContext("2d");
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', 'DejaVu Sans', sans-serif";
/* Widths are summed from single letters, measured once each: near enough to keep names apart, and quick. */
const widths = [new Map(), new Map()];
function textWidth(text, size, bold) {
  const known = widths[bold ? 1 : 0];
  let sum = 0;
  for (const letter of text) {
    let width = known.get(letter);
    if (width === undefined) {
      canvas.font = `${bold ? 600 : 400} 100px ${FONT}`;
      width = canvas.measureText(letter).width / 100;
      known.set(letter, width);
    }
    sum += width;
  }
  return sum * size;
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

const ringCache = new Map();
function inside(shape, x, y) {
  if (!ringCache.has(shape)) {
    ringCache.set(shape, shared.shapes[shape].map((ring) => ring.flatMap((n, k) => arcPoints(n).slice(k ? 1 : 0))));
  }
  let within = false;
  ringCache.get(shape).forEach((points) => {
    for (let i = 1; i < points.length; i += 1) {
      const [x1, y1] = points[i - 1], [x2, y2] = points[i];
      if ((y1 > y) !== (y2 > y) && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) within = !within;
    }
  });
  return within;
}

/* Where the label of a joint total covers least: inside the region, on as few members' names as may be. */
const EDGE_POINTS = [[-1, -1], [0, -1], [1, -1], [-1, 0], [1, 0], [-1, 1], [0, 1], [1, 1]];
const spotCache = new Map();
function groupSpot(row, now, scale, [width, height], size) {
  const key = [row.set, now.period.version, scale.toFixed(4), Math.round(width / 12), language].join("/");
  if (spotCache.has(key)) return spotCache.get(key);
  const shape = shared.groups[`${row.set}/${now.period.version}`], box = shapeBox(shape);
  const w = (width + 14) / 2 / scale, h = (height + 14) / 2 / scale, { labels } = version(now.period);
  const names = row.places.filter((place) => labels[place]).map((place) => {
    const half = textWidth(placeName(place), size, false) / 2 / scale;
    return [labels[place][0], mercator(labels[place][1] / 1000), half, shared.towns.includes(place)];
  });
  const anchor = shared.anchors[`${row.set}/${now.period.version}`];
  let best = [anchor[0], mercator(anchor[1] / 1000)], least = Infinity;
  for (let i = 1; i < 16; i += 1) {
    for (let k = 1; k < 16; k += 1) {
      const x = box[0] + ((box[2] - box[0]) * i) / 16, y = box[1] + ((box[3] - box[1]) * k) / 16;
      if (!inside(shape, x, y)) continue;
      const out = EDGE_POINTS.filter(([a, b]) => !inside(shape, x + a * w, y + b * h)).length;
      const covered = names.reduce((sum, [nx, ny, half, town]) => sum +
        (Math.abs(nx - x) < w + half && Math.abs(ny - y) < h + size / scale ? (town ? 2 : 1) : 0), 0);
      const score = out * 2.4 + covered + Math.hypot(x - best[0], y - best[1]) / (box[2] - box[0]) * 0.2;
      if (score < least) { least = score; spotCache.set(key, [x, y]); }
    }
  }
  if (!spotCache.has(key)) spotCache.set(key, best);
  return spotCache.get(key);
}

/* ``place(x, y)`` turns map units into drawing units; ``frame`` is the drawing's own box. */
function labelItems(now, place, scale, size) {
  const wanted = version(now.period), items = [];
  if (!wanted) return items;
  now.groups.forEach((row) => {
    const shape = shared.groups[`${row.set}/${now.period.version}`], box = shapeBox(shape);
    const lines = [
      { text: figure(row, now.measure), bold: true, size: size * 1.25 },
      ...wrap(t((box[2] - box[0]) * scale > 320 ? "reported jointly for {districts}" : "jointly, {districts}",
        { districts: districtCount(row).replaceAll(" ", "\u00a0") }), size * 0.92, size * 9.5)
        .map((text) => ({ text, bold: false, size: size * 0.92 })),
    ];
    const at = place(...groupSpot(row, now, scale, measureLines(lines), size));
    items.push({ kind: "group", set: row.set, at, lines, rank: 0, plate: true, must: true,
      reach: [(box[2] - box[0]) * scale, (box[3] - box[1]) * scale] });
  });
  // where the name of a district without a figure must not stand
  const shaded = [...now.groups.map((row) => shared.groups[`${row.set}/${now.period.version}`]),
    ...[...now.ownRow.keys()].map((id) => wanted.shapes[id]).filter((shape) => shape !== undefined)];
  const deep = deepShapes(now);
  Object.entries(wanted.shapes).forEach(([key, shape]) => {
    const id = Number(key), condition = stateOf(id, now), box = shapeBox(shape);
    const [x, y] = wanted.labels[key], reach = [(box[2] - box[0]) * scale, (box[3] - box[1]) * scale];
    const concerned = condition !== "blank", row = now.ownRow.get(id);
    const name = clip(placeName(id), 28), town = shared.towns.includes(id), disc = town && Math.min(...reach) < 1.5 * SMALL;
    if (!concerned && textWidth(name, size * 0.92, false) > reach[0] * 0.98) return;
    const lines = [{ text: name, bold: Boolean(row), size: concerned ? size : size * 0.92 }];
    if (row) lines.push({ text: figure(row, now.measure), bold: false, size: size * 0.95 });
    items.push({ kind: concerned ? "name" : "quiet", place: id, at: place(x, mercator(y / 1000)), lines, reach, town,
      disc, own: Boolean(row),
      deepAt: concerned ? (spot) => deep.some((one) => inside(one, ...mapPoint(spot, place(0, 0), scale))) : null,
      within: concerned ? (spot) => inside(shape, ...mapPoint(spot, place(0, 0), scale)) : null,
      on: concerned ? null : (spot) => shaded.some((one) => inside(one, ...mapPoint(spot, place(0, 0), scale))),
      rank: (concerned ? 1 : 3) + (row ? 0 : 0.5) - (town && concerned ? 0.2 : 0) - (concerned && disc ? 0.1 : 0) });
  });
  shared.neighbours.forEach(([names, x, y]) => items.push({
    kind: "land-name", at: place(x, mercator(y / 1000)), rank: 9, reach: [0, 0],
    lines: [{ text: names[language], bold: false, size: size * 0.85 }],
  }));
  return items.sort((a, b) => a.rank - b.rank || b.reach[0] * b.reach[1] - a.reach[0] * a.reach[1]);
}

const mapPoint = ([x, y], origin, scale) => [(x - origin[0]) / scale, (y - origin[1]) / scale];
const isDeep = (shade) => shade === "c3" || shade === "c4";
/* The dark surfaces: light letters stand on them alone, and never run over their edge onto pale ground. */
function deepShapes(now) {
  const dark = (row) => row.value !== null && isDeep(shadeOf(row, now.measure, now.period));
  return [...[...now.ownRow].filter(([, row]) => dark(row)).map(([place]) => version(now.period).shapes[place]),
    ...now.groups.filter(dark).map((row) => shared.groups[`${row.set}/${now.period.version}`])];
}

/* Spots all over the box of a district, the nearest to its anchor first. */
const STEPS = [0, 1, -1, 2, -2, 3, -3, 4, -4];
const GRID_SPOTS = STEPS.flatMap((h) => STEPS.map((v) => [h / 10, v / 10])).sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
const spotsOver = ([wide, high]) => GRID_SPOTS.map(([h, v]) => [h * wide, v * high]);

function candidates(item, width, height) {
  const [x, y] = item.at, near = [[0, 0]];
  if (item.disc) {
    const gap = SMALL / 2 + 3;
    return [[gap + width / 2, 0], [-gap - width / 2, 0], [0, -gap - height / 2], [0, gap + height / 2],
      [gap + width / 2, -height / 2], [gap + width / 2, height / 2], [-gap - width / 2, height / 2]]
      .map(([dx, dy]) => [x + dx, y + dy]);
  }
  const dx = Math.max(0, item.reach[0] * 0.32), dy = Math.max(height * 0.5, item.reach[1] * 0.16);
  [0, 1, -1].forEach((h) => [1, -1, 2, -2].forEach((v) => near.push([h * dx * 0.5, v * dy])));
  near.push([dx * 0.5, 0], [-dx * 0.5, 0], [dx, 0], [-dx, 0]);
  if (item.within) near.push(...spotsOver(item.reach));
  return near.map(([h, v]) => [x + h, y + v]);
}

function measureLines(lines) {
  return [Math.max(...lines.map((line) => textWidth(line.text, line.size, line.bold))),
    lines.reduce((sum, line) => sum + line.size * 1.18, 0)];
}

/* A label in the order in which it gives way: smaller letters, no figure, a place beside its land with a line to it. A
   name with a figure never stands on land that is not its own without such a line. */
function attemptsOf(item) {
  if (item.must || !item.within) return item.lines.length > 1 && !item.must ? [[item.lines], [item.lines.slice(0, 1)]] : [[item.lines]];
  const small = item.lines.map((line) => ({ ...line, size: line.size * 0.86 }));
  if (!item.own) return [[item.lines], [small]];
  const led = [[small, true], [small.slice(0, 1), true]];
  return item.disc ? led : [[item.lines], [small], [item.lines.slice(0, 1)], [small.slice(0, 1)], ...led];
}

const boxHolds = (box, [x, y]) => x > box[0] && x < box[2] && y > box[1] && y < box[3];
const ROUND = [0, 8, 4, 12, 1, 15, 7, 9, 2, 14, 6, 10, 3, 13, 5, 11].map((k) => [Math.cos((k * Math.PI) / 8), Math.sin((k * Math.PI) / 8)]);
const ledSpots = ([x, y], width, height) => [18, 34, 54, 80, 112, 150].flatMap((far) => ROUND.map(([h, v]) =>
  [x + h * (far + width / 2), y + v * (far + height / 2)]));
/* Points of the line from a district to the edge of its label. */
function leader([x, y], box) {
  const end = [Math.min(Math.max(x, box[0]), box[2]), Math.min(Math.max(y, box[1]), box[3])];
  return [0, 0.2, 0.4, 0.6, 0.8, 1].map((part) => [x + (end[0] - x) * part, y + (end[1] - y) * part]);
}

function layoutLabels(items, frame, blocked = []) {
  const taken = blocked.slice(), placed = [];
  items.forEach((item) => {
    const half = SMALL / 2, [x, y] = item.at;
    for (const [lines, led] of attemptsOf(item)) {
      const [width, height] = measureLines(lines), pad = item.plate ? 6 : led ? 3 : 1.5;
      const boxAt = ([x, y]) => [x - width / 2 - pad, y - height / 2 - pad, x + width / 2 + pad, y + height / 2 + pad];
      const fits = (box) => box[0] >= frame[0] && box[1] >= frame[1] && box[2] <= frame[2] && box[3] <= frame[3];
      const clear = (at) => fits(boxAt(at)) && !taken.some((box) => overlaps(box, boxAt(at)));
      const line = (at) => leader(item.at, boxAt(at));
      const spots = led ? ledSpots(item.at, width, height) : candidates(item, width, height);
      const spot = led ? spots.find((at) => clear(at) && !line(at).some((point) => taken.some((box) => boxHolds(box, point))))
        : ownSpot(item, spots.filter(clear), width, height) || (item.must ? spots[0] : null);
      if (spot) {
        const dark = led || !item.deepAt ? [] : corners(spot, width, height).filter(item.deepAt);
        taken.push(boxAt(spot));
        if (led) taken.push(...line(spot).map(([h, v]) => [h - 2, v - 2, h + 2, v + 2]));
        placed.push({ item, lines, at: spot, box: boxAt(spot), height, tone: dark.length === 6 ? "deep" : dark.length ? "edge" : "",
          led: led ? line(spot) : null });
        break;
      }
    }
    if (item.disc) taken.push([x - half, y - half, x + half, y + half]);
  });
  return placed;
}

/* The free spot that suits a label: on its own land as far as may be, and off that of others. */
function ownSpot(item, free, width, height) {
  if (!item.within || item.disc) return free.find((at) => !item.on || !corners(at, width, height).some(item.on));
  const best = innermost(free, item.within, width, height);
  return best && (!item.own || corners(best, width, height).filter(item.within).length > 2) ? best : null;
}

const corners = ([x, y], width, height) => [-0.5, 0, 0.5].flatMap((h) =>
  [-0.4, 0.4].map((v) => [x + h * width, y + v * height]));

/* The spot at which least of a label lies on another district's land: it would be read there. */
function innermost(spots, within, width, height) {
  let best = null, most = -1;
  for (const spot of spots) {
    const count = corners(spot, width, height).filter(within).length;
    if (count > most) { best = spot; most = count; }
    if (count === 6) break;
  }
  return best;
}

/* A label that stays where it was and says what it said is left alone. */
function drawLabels(layer, placed) {
  const known = layer.known || new Map(), kept = new Map();
  placed.forEach((label) => {
    const { item, lines, at } = label;
    const key = [item.kind, label.tone, Boolean(label.led), item.place ?? item.set ?? "", at[0].toFixed(1), at[1].toFixed(1),
      ...lines.map((line) => line.text + line.size)].join("|");
    const node = known.get(key) || labelNode(label);
    known.delete(key);
    if (node.parentNode !== layer) layer.append(node);
    kept.set(key, node);
  });
  known.forEach((node) => node.remove());
  layer.known = kept;
}

function labelNode({ item, lines, at, box, height, tone, led }) {
  const attributes = { class: `label ${item.kind}${tone && ` ${tone}`}${led ? " led" : ""}` };
  if (item.kind === "group") Object.assign(attributes, { "data-set": item.set, tabindex: 0, role: "button" });
  const holder = svg("g", attributes);
  if (led) {
    const d = `M${led[0].map((n) => n.toFixed(1))}L${led[5].map((n) => n.toFixed(1))}`;
    ["casing", "leader"].forEach((name) => svg("path", { d, class: name }, holder));
  }
  if (item.plate || led) {
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
  return holder;
}
