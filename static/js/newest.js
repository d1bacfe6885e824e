// The newest message is not left under the answer box: not when the page opens, not when a message comes in, nor when the box grows.
(() => {
  const box = document.getElementById("answer");
  if (!box) return;
  let isClear = false, height = box.offsetHeight;

  const place = () => document.getElementById("newest").getBoundingClientRect();
  const hidden = () => place().bottom + 12 - Math.min(innerHeight, box.getBoundingClientRect().top);
  const note = () => { isClear = hidden() - (box.offsetHeight - height) <= 1; };  // but for what the box has just grown by
  // its beginning stays in sight
  const show = () => scrollBy({ top: Math.max(0, Math.min(hidden(), place().top - 12)), behavior: "instant" });

  addEventListener("load", () => {
    const [arrival] = performance.getEntriesByType("navigation");  // none on a machine that is very busy
    if ((!arrival || arrival.type === "navigate") && !document.querySelector("[data-errors]") && ["", "#newest"].includes(location.hash)) show();
    note();
    addEventListener("scroll", note, { passive: true });
    new ResizeObserver(() => {
      height = box.offsetHeight;
      if (isClear) show();
    }).observe(box);
  });

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target.id !== "thread") return;
    document.getElementById("newest").focus({ preventScroll: true });
    show();
  });
})();
