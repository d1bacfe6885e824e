// A button ([data-opens]: the id of a dialog) opens it; a click beside it closes it. The browser gives the focus back.
(() => {
  document.querySelectorAll("[data-opens]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal());
  });

  document.addEventListener("click", ({ target }) => { if (target.matches("dialog[open]")) target.close(); });
})();
