/* Street tiles behind the map: the only thing that a page ever loads, and only where the build asked for it. */
L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", {
  maxZoom: 19, referrerPolicy: "strict-origin-when-cross-origin", attribution: "© OpenStreetMap",
}).addTo(map);
