/* Code for other people's pages: a frame that learns its height by message, and a picture for where frames are barred. */
(() => {
  "use strict";
  const atlas = JSON.parse(document.getElementById("pages").textContent);
  const byId = (id) => document.getElementById(id);
  const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const [page, measure, language] = [byId("page"), byId("measure"), byId("language")];
  const periods = new Map(atlas.periods.map(([id, title, labels, pictures]) => [id, { id, title, labels, pictures }]));
  let asked = { id: "", measure: "", scope: "", rest: [] };

  function options(select, entries) {
    select.replaceChildren(...entries.map(([value, text]) => {
      const option = document.createElement("option");
      option.value = value;
      option.textContent = text.length > 90 ? `${text.slice(0, 89)}…` : text;
      return option;
    }));
  }
  options(page, [["", page.options[0].textContent], ...[...periods.values()].map((one) => [one.id, one.title])]);

  /* The view that the link to this page came from, as scripts/address.js writes it. */
  function follow() {
    let address = location.hash.slice(1);
    try { address = decodeURIComponent(address); } catch { /* a broken address names no view */ }
    const [view, rest] = address.split("?"), [id, of, scope] = view.split("/"), parts = new URLSearchParams(rest || "");
    if (atlas.measures[of] && periods.has(id)) {
      const kept = ["place", "group"].filter((name) => parts.get(name))
        .map((name) => `${name}=${encodeURIComponent(parts.get(name))}`);
      asked = { id, measure: of, scope: scope ? `/${encodeURIComponent(scope)}` : "", rest: [...kept, ...(parts.has("table") ? ["table"] : [])] };
      page.value = id;
    }
    const lang = [...language.options].find((one) => one.value === parts.get("lang"));
    language.value = lang ? lang.value : atlas.language;
    byId("back").setAttribute("href", `atlas.html${location.hash}`);
    fill(asked.measure);
  }
  /* A whole atlas opens at its latest period, whatever that will be: its measure is the reader's to choose. */
  function fill(chosen) {
    const period = periods.get(page.value);
    options(measure, period ? Object.keys(period.pictures).map((one) => [one, atlas.measures[one][atlas.language]]) : []);
    measure.closest("label").hidden = !period;
    if (period && chosen in period.pictures) measure.value = chosen;
    write();
  }

  const spoken = () => (language.value === atlas.language ? [] : [`lang=${language.value}`]);
  function fragment(period) {
    if (!period) return spoken().length ? `#?${spoken()[0]}` : "";
    const same = asked.id === period.id && asked.measure === measure.value;
    const parts = [...spoken(), ...(same ? asked.rest : [])].join("&");
    return `#${period.id}/${measure.value}${same ? asked.scope : ""}${parts && "?"}${parts}`;
  }

  function write() {
    const period = periods.get(page.value), base = byId("address").value.replace(/\/*$/, "/");
    const path = period ? `maps/${encodeURIComponent(period.id)}.html` : "atlas.html";
    const name = escape(period ? `${atlas.measures[measure.value][language.value]}, ${period.labels[language.value]}` : atlas.publisher);
    const picture = period ? period.pictures[measure.value] : "";
    byId("frame").textContent = [
      `<iframe src="${escape(`${base}${path}?embed${fragment(period)}`)}"`,
      `  title="${name}" loading="lazy" width="100%" height="640" frameborder="0"`,
      '  sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>',
      "<script>",
      'addEventListener("message", (event) => {',
      '  if (!event.data || event.data.clearanceAtlas !== "height") return;',
      '  document.querySelectorAll("iframe").forEach((frame) => {',
      "    if (frame.contentWindow === event.source) frame.height = Math.min(Math.max(event.data.height, 320), 1600);",
      "  });",
      "});",
      "</scr" + "ipt>",
    ].join("\n");
    byId("picture").textContent = [
      `<a href="${escape(`${base}${path}${fragment(period)}`)}">`,
      `  <img src="${escape(base + picture)}" alt="${name}" loading="lazy" style="max-width:100%;height:auto">`,
      "</a>",
    ].join("\n");
    byId("with-picture").hidden = !picture;
    byId("without-picture").hidden = Boolean(picture);
  }

  document.querySelectorAll("[data-copy]").forEach((button) => button.addEventListener("click", async () => {
    const note = button.nextElementSibling, text = byId(button.dataset.copy).textContent;
    try {
      await navigator.clipboard.writeText(text);
      note.textContent = atlas.copied;
    } catch {
      const range = document.createRange();
      range.selectNodeContents(byId(button.dataset.copy));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      note.textContent = document.execCommand("copy") ? atlas.copied : atlas.blocked;
    }
  }));
  page.addEventListener("change", () => fill(measure.value));
  measure.addEventListener("change", write);
  language.addEventListener("change", write);
  byId("address").addEventListener("input", write);
  window.addEventListener("hashchange", follow);
  if (/^https?:/.test(location.protocol)) byId("address").value = new URL(".", location.href).href;
  follow();
})();
