// A number is copied by its button: <button data-copy="100481" hidden>. Without the browser's leave it stays hidden.
(() => {
  if (!navigator.clipboard) return;
  document.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    navigator.clipboard.writeText(button.dataset.copy).then(() => {
      const words = [...button.childNodes];
      button.setAttribute("role", "status");
      button.textContent = document.body.dataset.copied;
      setTimeout(() => { button.removeAttribute("role"); button.replaceChildren(...words); }, 2500);
    });
  });
})();
