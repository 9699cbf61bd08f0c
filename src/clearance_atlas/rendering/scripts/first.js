/* Before anything is drawn: the form asked for; and a link to another view never shows the one that stands in the
   markup. */
(() => {
  "use strict";
  const root = document.documentElement, asked = location.hash.slice(1), opening = root.dataset.view;
  if (/[?&]embed\b/.test(location.search)) root.classList.add("embed");
  if (!asked || asked === opening || asked === opening.split("/")[0]) return;
  root.classList.add("other");
  document.title = document.querySelector("meta[name=application-name]").content;
})();
