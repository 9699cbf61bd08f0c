/* The first map: drawn before Leaflet wakes up, where Leaflet will fit it, so that nobody waits for a library. */
const mapElement = document.getElementById("map_atlas");
const MARGINS = [8, 8, 24, 48]; /* pixels left free above, right, below and left of the districts concerned */
const mapRoot = svg("svg", { class: "drawing first", "aria-hidden": "true" });
const drawing = new Drawing(mapRoot, "map");

if (/[?&]embed\b/.test(location.search)) document.documentElement.classList.add("embed");

/* What may wait until the next frame is on the screen; a hidden tab gets no frames. */
function afterFrame(work) {
  if (document.visibilityState === "hidden") setTimeout(work, 0);
  else requestAnimationFrame(() => setTimeout(work, 0));
}

function drawFirst() {
  Object.assign(state, { kind: own.view.kind, period: own.view.period, measure: own.view.measure });
  readAddress();
  const now = scene(periods[state.period], state.measure), box = concernBox(now);
  const width = box[2] - box[0], height = box[3] - box[1];
  mapRoot.setAttribute("viewBox", `${box[0]} ${box[1]} ${width} ${height}`);
  drawing.rescale(Math.min((mapElement.clientWidth - 56) / width, (mapElement.clientHeight - 32) / height) || 1);
  drawing.show(now);
  mapElement.append(mapRoot);
  document.getElementById("title").textContent = finding(now);
}

if (own.view) drawFirst();
performance.mark("map-drawn");
afterFrame(later);
