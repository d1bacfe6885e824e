// A picture of the thread opens in place, in the dialog [data-picture]; with Ctrl, in a new tab as the link says by itself.
(() => {
  const dialog = document.querySelector("[data-picture]");
  if (!dialog) return;
  const picture = dialog.querySelector("img");

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#thread a.file[target]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const name = link.querySelector(".file__name");
    picture.src = link.href;
    picture.alt = name.title || name.textContent;
    dialog.querySelector("[data-name]").textContent = name.textContent;
    dialog.querySelector("a").href = link.href;
    dialog.showModal();
  });

  // what a slow line cannot bring is left to the browser, which says why
  picture.addEventListener("error", () => { if (dialog.open && picture.hasAttribute("src")) location.assign(picture.src); });
  dialog.addEventListener("close", () => picture.removeAttribute("src"));
})();
