/* Before anything is drawn: the form asked for; and a link to another view never shows the one that stands in the
   markup. */
(() => {
  "use strict";
  const root = document.documentElement, opening = root.dataset.view;
  const [asked, rest] = location.hash.slice(1).split("?"), lang = /(?:^|&)lang=([a-z]+)/.exec(rest || "");
  if (/[?&]embed\b/.test(location.search)) root.classList.add("embed");
  const same = !asked || asked === opening || asked === opening.split("/")[0];
  if (same && (!lang || lang[1] === root.lang)) return;
  root.classList.add("other");
  document.title = document.querySelector("meta[name=application-name]").content;
})();
