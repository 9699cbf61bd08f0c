/* The map: one drawing in Mercator units, used on screen (carried by Leaflet), in print and in the locator. */
const SVG = "http://www.w3.org/2000/svg";
function svg(name, attributes = {}, parent = null, text = null) {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  if (text !== null) element.textContent = text;
  if (parent) parent.append(element);
  return element;
}

const WORLD = (() => {
  const [west, south, east, north] = shared.frame;
  return [west * 1000, mercator(north), east * 1000, mercator(south)];
})();
const SMALL = 13; /* a district narrower than this on the screen gets a symbol of this size */

const LAYERS = ["context", "districts", "fills", "own", "borders", "outlines", "symbols", "focus"];

function hatchPatterns(parent, prefix) {
  const defs = svg("defs", {}, parent);
  ["light", "dark"].forEach((tone) => {
    const pattern = svg("pattern", {
      id: `${prefix}-hatch-${tone}`, width: 6, height: 6, patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    }, defs);
    svg("line", { x1: 0, y1: 0, x2: 0, y2: 6, class: `hatch-${tone}` }, pattern);
  });
  return defs;
}
const hatchFor = (prefix, shade) =>
  `url(#${prefix}-hatch-${["c2", "c3", "c4"].includes(shade) ? "light" : "dark"})`;

/* Borders between members of a group: arcs that two of them share, but for the approximate ones. */
const innerCache = new Map();
function innerBorders(row, period) {
  const key = `${row.set}/${period.version}`;
  if (!innerCache.has(key)) {
    const { shapes, approximate } = version(period), seen = new Set(), twice = new Set();
    row.places.filter((place) => shapes[place] !== undefined).forEach((place) => shared.shapes[shapes[place]].flat().forEach((n) => {
      const arc = n < 0 ? ~n : n;
      if (seen.has(arc)) twice.add(arc);
      seen.add(arc);
    }));
    innerCache.set(key, linePath([...twice].filter((arc) => !approximate.includes(arc))));
  }
  return innerCache.get(key);
}

/* Makes the children of a layer what is wanted, each a name and its attributes; what stays the same is left alone. */
function fillLayer(layer, wanted) {
  wanted.forEach(([name, attributes], position) => {
    let node = layer.children[position];
    if (!node || node.localName !== name) {
      const made = svg(name);
      made.given = {};
      if (node) node.replaceWith(made); else layer.append(made);
      node = made;
    }
    if (!node.given) node.given = Object.fromEntries([...node.attributes].map((one) => [one.name, one.value]));
    Object.keys(node.given).forEach((key) => { if (!(key in attributes)) node.removeAttribute(key); });
    Object.entries(attributes).forEach(([key, value]) => { if (String(node.given[key]) !== String(value)) node.setAttribute(key, value); });
    node.given = attributes;
  });
  while (layer.children.length > wanted.length) layer.lastChild.remove();
}

class Drawing {
  constructor(root, prefix, small = SMALL) {
    this.small = small;
    this.root = root;
    this.prefix = prefix;
    this.scale = 1;
    this.layers = {};
    this.version = null;
    this.paths = new Map();
    if (root.firstElementChild) this.adopt(); else this.build();
  }

  build() {
    const { root, prefix } = this;
    hatchPatterns(root, prefix);
    svg("rect", {
      x: WORLD[0], y: WORLD[1], width: WORLD[2] - WORLD[0], height: WORLD[3] - WORLD[1], class: "sea",
    }, root);
    LAYERS.forEach((name) => { this.layers[name] = svg("g", { class: name }, root); });
    shared.context.forEach((shape) => svg("path", { d: shapePath(shape), class: "land" }, this.layers.context));
  }

  /* Takes over what stands in the markup as it is. */
  adopt() {
    LAYERS.forEach((name) => { this.layers[name] = this.root.querySelector(`g.${name}`); });
    this.version = shared.versions[this.root.dataset.version];
    const paths = [...this.root.querySelectorAll("path.district")];
    paths.sort((a, b) => a.dataset.place - b.dataset.place).forEach((path) => {
      path.look = path.getAttribute("class");
      this.paths.set(Number(path.dataset.place), path);
    });
  }

  useVersion(period) {
    const wanted = version(period);
    if (this.version === wanted) return;
    this.version = wanted;
    this.layers.districts.replaceChildren();
    this.layers.own.replaceChildren();
    this.layers.borders.replaceChildren();
    this.paths.clear();
    if (!wanted) return;
    Object.entries(wanted.shapes).forEach(([place, shape]) => {
      this.paths.set(Number(place), svg("path", { d: shapePath(shape), class: "district", "data-place": place },
        this.layers.districts));
    });
    svg("path", { d: linePath(wanted.outline), class: "country" }, this.layers.borders);
    if (wanted.approximate.length) {
      svg("path", { d: linePath(wanted.approximate), class: "approximate" }, this.layers.borders);
    }
  }

  show(now) {
    this.useVersion(now.period);
    this.now = now;
    this.paths.forEach((path, place) => {
      const row = now.ownRow.get(place), look = this.lookOf(place, row);
      if (path.look !== look) { path.setAttribute("class", look); path.look = look; }
      const layer = row ? this.layers.own : this.layers.districts;
      if (path.parentNode !== layer) layer.append(path);
    });
    const groups = now.groups.map((row) => this.group(row));
    fillLayer(this.layers.fills, groups.flatMap((one) => one.fills));
    const undecided = [...now.ownRow].filter(([, row]) => row.value === null).map(([place]) =>
      ["path", { d: shapePath(this.version.shapes[place]), class: "undecided-line" }]);
    fillLayer(this.layers.outlines, [...groups.flatMap((one) => one.outlines), ...undecided]);
    this.symbols();
  }

  lookOf(place, row) {
    const { measure, period } = this.now;
    const state = `district ${stateOf(place, this.now)}`;
    return row ? `${state} ${shadeOf(row, measure, period)} ${row.basis}` : state;
  }

  group(row) {
    const { measure, period } = this.now, d = shapePath(shared.groups[`${row.set}/${period.version}`]);
    const shade = row.value === null ? "undecided" : shadeOf(row, measure, period), inner = innerBorders(row, period);
    return {
      fills: [["path", { d, class: `joint ${shade} ${row.basis}`, "data-set": row.set }],
        ["path", { d, class: "hatch", fill: hatchFor(this.prefix, shade) }]],
      outlines: [...(inner ? [["path", { d: inner, class: "inner" }]] : []), ["path", { d, class: "group-outline" }]],
    };
  }

  /* Towns that would vanish are drawn as a disc of constant size, in the fill of their own state. */
  symbols() {
    const towns = this.version ? shared.towns.filter((place) => this.version.shapes[place] !== undefined) : [];
    fillLayer(this.layers.symbols, towns.flatMap((place) => this.symbol(place)));
  }

  symbol(place) {
    const box = shapeBox(this.version.shapes[place]), { now } = this;
    if (Math.max(box[2] - box[0], box[3] - box[1]) * this.scale >= this.small) return [];
    const attributes = {
      cx: (box[0] + box[2]) / 2, cy: (box[1] + box[3]) / 2, r: this.small / 2 / this.scale, "data-place": place,
    };
    const joint = groupOf(place, now);
    if (!joint || now.ownRow.has(place)) return [["circle", { ...attributes, class: this.paths.get(place).look }]];
    const shade = shadeOf(joint, now.measure, now.period);
    return [["circle", { ...attributes, class: `joint ${shade}` }],
      ["circle", { ...attributes, class: "hatch", fill: hatchFor(this.prefix, shade) }]];
  }

  /* The hatch keeps its fineness at every zoom; ``scale`` is screen pixels for one map unit. */
  rescale(scale) {
    this.scale = scale;
    this.root.querySelectorAll("pattern").forEach((pattern) =>
      pattern.setAttribute("patternTransform", `scale(${1 / scale}) rotate(45)`));
    if (this.now) this.symbols();
  }

  focus(places, group = undefined) {
    this.layers.focus.replaceChildren();
    const ring = (shape) => ["casing", "selected"].forEach((name) =>
      svg("path", { d: shapePath(shape), class: name }, this.layers.focus));
    if (group !== undefined) ring(group);
    places.forEach((place) => {
      const shape = this.version && this.version.shapes[place];
      if (shape !== undefined) ring(shape);
    });
  }
}

/* The box that holds what a view is about: the districts concerned; the country where none is named, or where one or two
   have a figure and the headline is of more than these. */
function concernBox(now) {
  const wanted = version(now.period);
  if (!wanted) return WORLD;
  const places = [...new Set([...now.taken, ...now.ownRow.keys()])].filter((place) => wanted.shapes[place] !== undefined);
  const beyond = now.head && !(now.head.places.length && now.head.places.every((place) => places.includes(place)));
  const shapes = (places.length > 2 || (places.length && !beyond) ? places : Object.keys(wanted.shapes)).map((place) => wanted.shapes[place]);
  const box = joinBoxes(shapes.map(shapeBox)), least = 900;
  const padX = Math.max((box[2] - box[0]) * 0.06, (least - (box[2] - box[0])) / 2);
  const padY = Math.max((box[3] - box[1]) * 0.06, (least - (box[3] - box[1])) / 2);
  return [box[0] - padX, box[1] - padY, box[2] + padX, box[3] + padY];
}
const countryBox = (period) => {
  const wanted = version(period);
  if (!wanted) return WORLD;
  const box = joinBoxes(Object.values(wanted.shapes).map(shapeBox));
  return [box[0] - 60, box[1] - 60, box[2] + 60, box[3] + 60];
};
