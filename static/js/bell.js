// What a page asks for by itself (the bell its count, a ticket who else is at it), it asks while somebody looks, and at once when they come back.
(() => {
  const ASKS = "[data-bell], [data-while-seen]";

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden && event.target.matches(ASKS)) event.preventDefault();
  });

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    document.querySelectorAll(ASKS).forEach((asks) => asks.dispatchEvent(new Event("seen")));
  });
})();
