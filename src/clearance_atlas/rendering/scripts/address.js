/* The address keeps the view: #week-2024-07-01/uxo, with the operator after it where it was chosen, and whatever else
   differs from the page as it opens: #week-2024-07-01/uxo/MoD?lang=ru&place=AZ-AGM&table. What a page does not know in
   an address is passed over, so that links live long. */
const codeOf = (place) => shared.places[place][0];
const placeOf = (code) => shared.places.findIndex((names) => code && names[0] === code);

function readAddress() {
  let address = location.hash.slice(1);
  try { address = decodeURIComponent(address); } catch { /* a broken address names no view */ }
  const [view, rest] = address.split("?"), [id, measure, scope] = view.split("/");
  const period = periods.find((one) => one.id === (id || (rest && periods[state.period].id)));
  if (!period) return false; /* #?lang=ru names no period: whichever is shown */
  state.period = period.index;
  state.kind = period.group;
  if (own.measures.includes(measure)) state.measure = measure;
  const index = shared.scopes.findIndex(([code]) => scope && code === scope);
  state.scope = index >= 0 ? index : null;
  readParts(new URLSearchParams(rest || ""));
  return true;
}
function readParts(parts) {
  const asked = parts.get("lang"), place = placeOf(parts.get("place")), member = placeOf(parts.get("group"));
  language = asked && Object.hasOwn(LANGUAGES, asked) ? asked : shared.language;
  state.table = parts.has("table");
  state.selected = null;
  if (place >= 0) state.selected = { place };
  else if (member >= 0) {
    const row = groupOf(member, scene(periods[state.period], state.measure));
    if (row) state.selected = { set: row.set };
  }
}

function addressOf(now) {
  const scope = state.scope === null || !now.block || now.block.scope !== state.scope ? ""
    : "/" + encodeURIComponent(shared.scopes[state.scope][0]);
  const chosen = state.selected, group = chosen && now.groups.find((row) => row.set === chosen.set);
  const parts = [
    language !== shared.language && `lang=${language}`,
    chosen && chosen.place !== undefined && `place=${encodeURIComponent(codeOf(chosen.place))}`,
    group && `group=${encodeURIComponent(codeOf(group.places[0]))}`, /* a region is named by one of its members */
    state.table && "table",
  ].filter(Boolean).join("&");
  return `#${now.period.id}/${now.measure}${scope}${parts && "?"}${parts}`;
}
/* The links to the same view elsewhere follow it. */
const follows = [...document.querySelectorAll("a[data-follows]")];
function writeAddress(now) {
  const hash = addressOf(now);
  follows.forEach((one) => one.setAttribute("href", one.dataset.follows + hash));
  if (location.hash === hash) return;
  try { window.history.replaceState(null, "", hash); } catch { /* a sandboxed srcdoc frame has no address to keep */ }
}
