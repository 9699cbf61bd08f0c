/* The map of the markup is on its way to the screen. Here it learns its size, so that hatch and discs have theirs; the
   data and the script of the page wait, packed, until it is drawn. */
(() => {
  "use strict";
  const pane = document.getElementById("map_atlas"), still = pane.querySelector("svg"), small = 13;

  function fit() {
    const room = still.getBoundingClientRect(), box = still.viewBox.baseVal;
    const scale = Math.min(room.width / box.width, room.height / box.height);
    if (!(scale > 0)) return;
    still.querySelectorAll("pattern").forEach((pattern) =>
      pattern.setAttribute("patternTransform", `scale(${1 / scale}) rotate(45)`));
    still.querySelectorAll("circle").forEach((disc) =>
      disc.setAttribute("r", disc.dataset.extent * scale < small ? small / 2 / scale : 0));
  }
  const watch = new ResizeObserver(() => { if (still.matches(".first")) fit(); else watch.disconnect(); });
  if (still) watch.observe(pane);

  function unpack(holder) {
    const letters = atob(holder.textContent), packed = new Uint8Array(letters.length);
    for (let i = 0; i < letters.length; i += 1) packed[i] = letters.charCodeAt(i);
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
  }

  let awake = false;
  async function wake() {
    if (awake) return;
    awake = true;
    const holders = ["atlas-shared", "atlas-data", "atlas-code"].map((id) => document.getElementById(id));
    const [shared, own, code] = await Promise.all(holders.map(unpack));
    const script = document.createElement("script");
    holders[0].textContent = shared;
    holders[1].textContent = own;
    script.textContent = code;
    holders[2].replaceWith(script);
    if (!document.documentElement.classList.contains("ready")) throw new Error("the script of this page did not run");
  }
  /* A browser that cannot unpack or run the rest keeps the still map, and says so. */
  function tooOld(error) {
    document.documentElement.classList.remove("other");
    document.getElementById("old-browser").hidden = false;
    throw error;
  }
  /* A hidden tab, and a frame that is out of view, paint nothing that could be waited for. */
  document.addEventListener("DOMContentLoaded", () => {
    const begin = () => { wake().catch(tooOld); };
    new PerformanceObserver(begin).observe({ type: "paint", buffered: true });
    setTimeout(begin, document.visibilityState === "hidden" ? 0 : 600);
  });
})();
