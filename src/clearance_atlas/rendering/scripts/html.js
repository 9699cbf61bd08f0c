/* Building elements: text only ever through textContent, links only http and https. */
function el(name, options = {}, ...children) {
  const element = document.createElement(name);
  Object.entries(options).forEach(([key, value]) => {
    if (value === null || value === undefined || value === false) return;
    if (key === "text") element.textContent = value;
    else if (key === "on") Object.entries(value).forEach(([event, handler]) => element.addEventListener(event, handler));
    else element.setAttribute(key, value === true ? "" : value);
  });
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
/* What may wait until the next frame is on the screen; a hidden tab gets no frames. */
function afterFrame(work) {
  if (document.visibilityState === "hidden") setTimeout(work, 0);
  else requestAnimationFrame(() => setTimeout(work, 0));
}
const byId = (id) => document.getElementById(id);
/* Words that stay are left alone: the same text set again would be laid out again. */
function say(id, text) {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
}

function link(url, text) {
  if (!/^https?:\/\//i.test(url || "")) return el("span", { text });
  return el("a", { href: url, rel: "noopener noreferrer external", target: "_blank", text });
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el("textarea", { class: "offscreen", readonly: true, "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { done = false; }
    area.remove();
    return done;
  }
}
