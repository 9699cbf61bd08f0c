/* The map on screen: Leaflet moves and zooms the drawing; names are laid out anew after every move. */
const mapElement = document.getElementById("map_atlas");
const MARGINS = [8, 8, 24, 48]; /* pixels left free above, right, below and left of the districts concerned */
const mapRoot = mapElement.querySelector("svg.first") || svg("svg");
const drawing = new Drawing(mapRoot, "map");
const map = map_atlas; /* eslint-disable-line no-undef -- made by the folium skeleton */
const latLng = (x, y) => L.latLng(inverseMercator(y), x / 1000);
const worldBounds = L.latLngBounds(latLng(WORLD[0], WORLD[3]), latLng(WORLD[2], WORLD[1]));

const LOCATOR_ROOM = [140, 108]; /* pixels at the lower right corner that the map of the whole country takes */
const labelRoot = svg("svg", { class: "labels" });
const labelLayer = svg("g", {}, labelRoot);
let fitted = null, fittedBox = null, letterSize = 13, mapSize = "", placed = "", moves = 0;

const screenScale = () => {
  const west = map.latLngToContainerPoint(latLng(WORLD[0], WORLD[1])), size = map.latLngToContainerPoint(latLng(WORLD[2], WORLD[3]));
  return (size.x - west.x) / (WORLD[2] - WORLD[0]);
};

function placeLabels() {
  if (!drawing.now || !map.getSize().x) return;
  const origin = map.latLngToContainerPoint(latLng(WORLD[0], WORLD[1])), scale = drawing.scale;
  const { x: width, y: height } = map.getSize();
  L.DomUtil.setPosition(labelRoot, map.containerPointToLayerPoint([0, 0]));
  labelRoot.setAttribute("width", width);
  labelRoot.setAttribute("height", height);
  const at = (x, y) => [origin.x + (x - WORLD[0]) * scale, origin.y + (y - WORLD[1]) * scale];
  const size = width < 480 ? letterSize * 0.84 : letterSize;
  const items = labelItems(drawing.now, at, scale, size)
    .filter((item) => item.at[0] > -40 && item.at[0] < width + 40 && item.at[1] > -20 && item.at[1] < height + 20);
  const blocked = [[0, 0, 46, 114], [0, height - 24, 150, height]];
  if (width < 600) blocked.push([width - 140, 0, width, 44]);
  const place = [language, scale, origin.x, origin.y, width, height, drawing.now.period.version].join();
  if (place !== placed) {
    placed = place;
    locate();
    scaleBar(document.getElementById("scale"), scale, inverseMercator(WORLD[1] + (height / 2 - origin.y) / scale));
  }
  if (!locatorElement.hidden) blocked.push([width - LOCATOR_ROOM[0], height - LOCATOR_ROOM[1], width, height]);
  drawLabels(labelLayer, layoutLabels(items, [2, 2, width - 2, height - 2], blocked));
}

function resized() {
  const size = `${mapElement.clientWidth}x${mapElement.clientHeight}`;
  if (size === mapSize) return;
  mapSize = size;
  map.invalidateSize({ animate: false, pan: false });
  fitView(true);
}

function startMap() {
  mapRoot.setAttribute("viewBox", `${WORLD[0]} ${WORLD[1]} ${WORLD[2] - WORLD[0]} ${WORLD[3] - WORLD[1]}`);
  mapRoot.setAttribute("preserveAspectRatio", "none");
  mapRoot.setAttribute("class", "drawing");
  mapRoot.removeAttribute("data-version");
  L.svgOverlay(mapRoot, worldBounds, { interactive: true }).addTo(map);
  map.createPane("names");
  map.getPane("names").append(labelRoot);
  map.attributionControl && map.attributionControl.setPrefix(false);
  map.options.maxBounds = worldBounds;
  map.on("zoomend viewreset", () => { if (drawing.now) drawing.rescale(screenScale()); });
  map.on("moveend", placeLabels);
  new ResizeObserver(resized).observe(mapElement);
}

/* From step to step the frame stays, as long as what is shown is the same, or lies in it and does not get lost in it. */
function stillFits(box) {
  if (fittedBox && box.every((edge, k) => edge === fittedBox[k])) return true;
  const bounds = map.getBounds(), frame = [bounds.getWest() * 1000, mercator(bounds.getNorth()),
    bounds.getEast() * 1000, mercator(bounds.getSouth())];
  const inside = frame[0] <= box[0] && frame[1] <= box[1] && frame[2] >= box[2] && frame[3] >= box[3];
  return inside && Math.max((box[2] - box[0]) / (frame[2] - frame[0]), (box[3] - box[1]) / (frame[3] - frame[1])) > 0.45;
}

function fitView(force = false) {
  if (!drawing.now || !map.getSize().x || !map.getSize().y) return;
  const box = concernBox(drawing.now), key = [drawing.now.period.group, drawing.now.measure].join();
  if (!force && key === fitted && stillFits(box)) return;
  fitted = key;
  fittedBox = box;
  moves += 1;
  const bounds = L.latLngBounds(latLng(box[0], box[3]), latLng(box[2], box[1]));
  letterSize = parseFloat(getComputedStyle(mapElement).fontSize) || 13;
  map.options.minZoom = 0;
  map.options.minZoom = map.getBoundsZoom(worldBounds, true);
  map.fitBounds(bounds, { animate: false, paddingTopLeft: [map.getSize().x < 480 ? 6 : MARGINS[3], MARGINS[0]],
    paddingBottomRight: [MARGINS[1], MARGINS[2]] });
}

/* The length of a degree shrinks with the latitude: the bar holds for the middle of the view. */
function scaleBar(element, scale, latitude) {
  const metresPerUnit = (6378137 * Math.PI) / 180000 * Math.cos((latitude * Math.PI) / 180);
  const most = (110 / scale) * metresPerUnit / 1000;
  const power = 10 ** Math.floor(Math.log10(most));
  const length = [5, 2, 1].find((step) => step * power <= most) * power;
  const width = (length * 1000) / metresPerUnit * scale;
  element.replaceChildren();
  const bar = svg("svg", { width: width + 46, height: 16, viewBox: `0 0 ${width + 46} 16`, "aria-hidden": "true" }, element);
  svg("path", { d: `M1 4V9H${width.toFixed(1)}V4`, class: "scale-line" }, bar);
  svg("text", { x: width + 5, y: 11, "font-size": 11 }, bar, `${number(length)} ${t("km")}`);
  element.setAttribute("aria-label", t("Scale: {length} km", { length: number(length) }));
}

/* Where in the country the frame lies; hidden where the whole country is in view. */
const locatorElement = document.getElementById("locator");
function locate() {
  const period = drawing.now.period, box = countryBox(period), bounds = map.getBounds();
  const frame = [bounds.getWest() * 1000, mercator(bounds.getNorth()), bounds.getEast() * 1000, mercator(bounds.getSouth())];
  const cover = (k) => Math.max(0, Math.min(frame[k + 2], box[k + 2]) - Math.max(frame[k], box[k])) / (box[k + 2] - box[k]);
  const whole = cover(0) * cover(1) > 0.72;
  locatorElement.toggleAttribute("hidden", whole || !version(period));
  if (whole || !version(period)) return;
  drawLocator(locatorElement, period, box, frame);
}
function drawLocator(element, period, box, frame) {
  if (element.dataset.version !== String(period.version)) {
    element.dataset.version = period.version;
    element.replaceChildren();
    const root = svg("svg", { viewBox: `${box[0]} ${box[1]} ${box[2] - box[0]} ${box[3] - box[1]}`, "aria-hidden": "true" }, element);
    svg("path", { d: Object.values(version(period).shapes).map(shapePath).join(""), class: "locator-land" }, root);
    svg("path", { d: linePath(version(period).outline), class: "locator-line" }, root);
    svg("rect", { class: "locator-frame" }, root);
  }
  const rect = element.querySelector("rect");
  ["x", "y", "width", "height"].forEach((name, k) =>
    rect.setAttribute(name, [frame[0], frame[1], frame[2] - frame[0], frame[3] - frame[1]][k]));
}
