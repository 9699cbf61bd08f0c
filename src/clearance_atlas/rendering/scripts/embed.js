/* Code for other people's pages: a frame that learns its height by message, and a picture for where frames are barred. */
(() => {
  "use strict";
  const { pages, copied, blocked } = JSON.parse(document.getElementById("pages").textContent);
  const byId = (id) => document.getElementById(id);
  const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const select = byId("page");
  pages.forEach(([path, title]) => {
    const option = document.createElement("option");
    option.value = path;
    option.textContent = title.length > 90 ? `${title.slice(0, 89)}…` : title;
    select.append(option);
  });

  function write() {
    const [path, title, picture] = pages.find((page) => page[0] === select.value) || pages[0];
    const base = byId("address").value.replace(/\/*$/, "/"), name = escape(title);
    byId("frame").textContent = [
      `<iframe src="${escape(base + path)}?embed" title="${name}" loading="lazy"`,
      '  sandbox="allow-scripts allow-popups" width="100%" height="640" frameborder="0"></iframe>',
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
      `<a href="${escape(base + path)}">`,
      `  <img src="${escape(base + picture)}" alt="${name}" loading="lazy" style="max-width:100%;height:auto">`,
      "</a>",
    ].join("\n");
  }

  document.querySelectorAll("[data-copy]").forEach((button) => button.addEventListener("click", async () => {
    const note = button.nextElementSibling, text = byId(button.dataset.copy).textContent;
    try {
      await navigator.clipboard.writeText(text);
      note.textContent = copied;
    } catch {
      const range = document.createRange();
      range.selectNodeContents(byId(button.dataset.copy));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      note.textContent = document.execCommand("copy") ? copied : blocked;
    }
  }));
  select.addEventListener("change", write);
  byId("address").addEventListener("input", write);
  write();
})();
