/* Choosing a district or a joint region on the map: by mouse, finger and keyboard, and the way back. */
const tip = byId("tip");
function targetOf(event) {
  const hit = event.target.closest("[data-place],[data-set]");
  if (!hit || !(mapRoot.contains(hit) || labelRoot.contains(hit))) return null;
  return hit.dataset.set !== undefined && hit.dataset.place === undefined
    ? { set: Number(hit.dataset.set) } : { place: Number(hit.dataset.place) };
}
function showTip(event) {
  const target = targetOf(event), now = drawing.now;
  if (!target || target.place === undefined) { tip.hidden = true; return; }
  tip.replaceChildren(el("strong", {}, el("bdi", { text: clip(placeName(target.place), 60) })),
    el("span", { text: capital(sayDistrict(target.place, now).slice(placeName(target.place).length + 2)) }));
  tip.hidden = false;
  const pane = byId("map-pane").getBoundingClientRect(), x = event.clientX - pane.left, y = event.clientY - pane.top;
  tip.style.left = `${Math.min(x + 14, pane.width - tip.offsetWidth - 6)}px`;
  tip.style.top = `${y + 18 + tip.offsetHeight > pane.height ? y - tip.offsetHeight - 10 : y + 18}px`;
}

function listenToMap() {
  let down = null;
  const pane = byId("map-pane");
  pane.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse") showTip(event); });
  pane.addEventListener("pointerleave", () => { tip.hidden = true; });
  pane.addEventListener("pointerdown", (event) => { down = [event.clientX, event.clientY]; tip.hidden = true; });
  pane.addEventListener("click", (event) => {
    if (event.target.closest(".leaflet-control, #legend, button")) return;
    if (down && Math.hypot(event.clientX - down[0], event.clientY - down[1]) > 6) return;
    choose({ selected: targetOf(event) });
  });
  pane.addEventListener("keydown", (event) => {
    const target = targetOf(event);
    if (target && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      choose({ selected: target });
      afterFrame(() => byId("panel-close").focus({ preventScroll: true }));
    }
  });
  pane.addEventListener("focusin", (event) => {
    const target = targetOf(event);
    if (!leaving && target && event.target.matches(":focus-visible") && target.place !== undefined) {
      state.selected = target;
      drawing.focus([target.place]);
      drawPanel(drawing.now);
      writeAddress(drawing.now);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.selected) closePanel();
  });
}

/* Whoever was in the panel goes back to what it was opened from; that does not open it again. */
let leaving = false;
function closePanel() {
  const chosen = state.selected, inside = byId("panel").contains(document.activeElement);
  choose({ selected: null });
  if (inside && chosen) afterFrame(() => {
    leaving = true;
    if (state.table) focusRow(rowKey(chosen));
    else {
      const shape = chosen.place !== undefined ? drawing.paths.get(chosen.place)
        : labelLayer.querySelector(`[data-set="${chosen.set}"]`);
      if (shape) shape.focus({ preventScroll: true });
    }
    leaving = false;
  });
}
