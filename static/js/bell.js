// The bell asks for its count while somebody looks at the page, and at once when they come back to it.
(() => {
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden && event.target.matches("[data-bell]")) event.preventDefault();
  });

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    document.querySelectorAll("[data-bell]").forEach((bell) => bell.dispatchEvent(new Event("seen")));
  });
})();
