// The newest message is not left under the answer box: neither when the page opens nor when a message comes in.
(() => {
  const show = () => {
    const newest = document.getElementById("newest");
    const box = document.getElementById("answer");
    if (!newest || !box) return;
    const hidden = newest.getBoundingClientRect().bottom + 12 - Math.min(innerHeight, box.getBoundingClientRect().top);
    const room = newest.getBoundingClientRect().top - 12;  // its beginning stays in sight
    if (hidden > 0) scrollBy({ top: Math.min(hidden, room), behavior: "instant" });
  };

  addEventListener("load", () => {
    const [{ type }] = performance.getEntriesByType("navigation");
    if (type === "navigate" && !document.querySelector("[data-errors]") && ["", "#newest"].includes(location.hash)) show();
  });

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target.id !== "thread") return;
    document.getElementById("newest").focus({ preventScroll: true });
    show();
  });
})();
