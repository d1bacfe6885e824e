// J and K go down and up through the rows of the queue; Enter is the browser's own, for the focus stands on the row's link.
(() => {
  const STEPS = { KeyJ: 1, KeyK: -1 };
  const TYPED_IN = "input:not([type=checkbox], [type=radio]), textarea, select, dialog[open]";

  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.code];
    if (!step || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.target.closest(TYPED_IN)) return;
    const links = [...document.querySelectorAll("#result_list .table__main > a")];
    if (!links.length) return;
    const row = document.activeElement.closest("#result_list tr");
    const at = row ? links.findIndex((link) => row.contains(link)) : -1;
    const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))];
    event.preventDefault();
    next.focus();
  });
})();
