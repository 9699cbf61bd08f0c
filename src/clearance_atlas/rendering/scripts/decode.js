/* Reading what the page carries: numbers as base 64 digits of five bits, shapes as shared arcs. */
const DIGIT = new Uint8Array(128);
[..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].forEach((c, i) => { DIGIT[c.charCodeAt(0)] = i; });

function decodeNumbers(text) {
  const numbers = [];
  let value = 0, unit = 1;
  for (let i = 0; i < text.length; i += 1) {
    const digit = DIGIT[text.charCodeAt(i)];
    value += (digit & 31) * unit;
    unit *= 32;
    if (digit < 32) {
      numbers.push(value % 2 ? -(value - 1) / 2 : value / 2);
      value = 0;
      unit = 1;
    }
  }
  return numbers;
}

const data = (id) => JSON.parse(document.getElementById(id).textContent);
const shared = data("atlas-shared");
const own = data("atlas-data");

/* Web Mercator in thousandths of a degree, y downwards; whole units are as fine as the grid of the arcs. */
const mercator = (lat) => (-180000 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
const inverseMercator = (y) => (360 / Math.PI) * Math.atan(Math.exp((-y * Math.PI) / 180000)) - 90;

const arcs = (() => {
  const numbers = decodeNumbers(shared.arcs), found = [];
  for (let i = 0; i < numbers.length;) {
    const count = numbers[i], points = [];
    let x = 0, y = 0;
    i += 1;
    for (let k = 0; k < count; k += 1, i += 2) {
      x += numbers[i];
      y += numbers[i + 1];
      points.push([x, Math.round(mercator(y / 1000))]);
    }
    found.push(points);
  }
  return found;
})();

const arcPoints = (n) => (n < 0 ? arcs[~n].slice().reverse() : arcs[n]);

/* An arc as the steps of a path, each way made once; ``outlines.py`` writes the same text into the markup. */
const arcTexts = new Map();
const signed = (step) => (step < 0 ? "" : " ") + step;
function arcText(n) {
  let text = arcTexts.get(n);
  if (text === undefined) {
    const points = arcPoints(n);
    text = "";
    for (let k = 1; k < points.length; k += 1) {
      text += signed(points[k][0] - points[k - 1][0]) + signed(points[k][1] - points[k - 1][1]);
    }
    arcTexts.set(n, text);
  }
  return text;
}

/* Each arc begins where the one before it ends. */
const arcsPath = (numbers) => {
  const [x, y] = arcPoints(numbers[0])[0];
  return `M${x} ${y}l${numbers.map(arcText).join("")}`;
};

const pathCache = new Map();
function shapePath(shape) {
  if (!pathCache.has(shape)) pathCache.set(shape, shared.shapes[shape].map((ring) => `${arcsPath(ring)}z`).join(""));
  return pathCache.get(shape);
}
const linePath = (numbers) => numbers.map((n) => arcsPath([n])).join("");

const boxCache = new Map();
function shapeBox(shape) {
  if (!boxCache.has(shape)) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    shared.shapes[shape].flat().forEach((n) => arcPoints(n).forEach(([x, y]) => {
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }));
    boxCache.set(shape, box);
  }
  return boxCache.get(shape);
}
const joinBoxes = (boxes) => boxes.reduce((a, b) => [
  Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]);

/* Figures: a block is one measure in one period under one scope; its rows are decoded when first looked at. */
const blocks = own.blocks.map(([period, measure, scope, layout, decimals, values, headline, details]) => ({
  period, measure, scope, layout, decimals, values, headline, details: details || {}, rows: null,
}));
const blocksOf = new Map();
blocks.forEach((block) => {
  const key = block.period + "/" + block.measure;
  if (!blocksOf.has(key)) blocksOf.set(key, []);
  blocksOf.get(key).push(block);
});

const layoutCache = new Map();
function layoutOf(index) {
  if (!layoutCache.has(index)) {
    let set = 0;
    layoutCache.set(index, decodeNumbers(own.layouts[index]).map((step) => { set += step; return set; }));
  }
  return layoutCache.get(index);
}

function rowsOf(block) {
  if (!block.rows) {
    const sets = layoutOf(block.layout), scale = 10 ** block.decimals;
    block.rows = decodeNumbers(block.values).map((number, position) => {
      const detail = block.details[position] || {};
      return {
        block, position, set: sets[position], places: shared.sets[sets[position]],
        value: number === 0 ? null : (number > 0 ? number - 1 : number) / scale,
        qualifier: detail.q || "exact", basis: detail.b || "published", flags: detail.f || [],
        supporting: detail.s || [], differing: detail.d || [], conflict: detail.c || null,
        part: detail.p || null, stated: detail.u || null, notes: detail.n || [], drawn: !detail.x,
      };
    });
  }
  return block.rows;
}
