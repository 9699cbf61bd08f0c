/* The map of the markup is on its way to the screen. Here it learns its size, so that hatch and discs have theirs; the
   script of the page waits, packed, until it is drawn. */
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

  let awake = false;
  async function wake() {
    if (awake) return;
    awake = true;
    const holder = document.getElementById("atlas-code"), script = document.createElement("script");
    const letters = atob(holder.textContent), packed = new Uint8Array(letters.length);
    for (let i = 0; i < letters.length; i += 1) packed[i] = letters.charCodeAt(i);
    const open = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    script.textContent = await new Response(open).text();
    holder.replaceWith(script);
  }
  /* A hidden tab, and a frame that is out of view, paint nothing that could be waited for. */
  document.addEventListener("DOMContentLoaded", () => {
    new PerformanceObserver(wake).observe({ type: "paint", buffered: true });
    setTimeout(wake, document.visibilityState === "hidden" ? 0 : 600);
  });
})();
