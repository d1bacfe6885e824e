// On an error page: back to the form as the browser kept it, text included.
(() => {
  if (history.length < 2) return;
  document.querySelectorAll("[data-back]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => history.back());
  });
})();
