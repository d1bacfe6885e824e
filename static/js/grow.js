// A textarea ([data-grow]) is as tall as its text, up to two thirds of the window; dragging its corner still works.
(() => {
  const grow = (area) => {
    const wanted = area.scrollHeight + area.offsetHeight - area.clientHeight;
    const limit = Math.round(window.innerHeight * 0.66);
    if (wanted > area.offsetHeight && area.offsetHeight < limit) area.style.blockSize = `${Math.min(wanted, limit)}px`;
  };

  document.addEventListener("input", (event) => { if (event.target.matches("[data-grow]")) grow(event.target); });
  document.querySelectorAll("[data-grow]").forEach(grow);
})();
