// A key that stands on a link, button or label ([data-key]: its place on the keyboard, whatever the layout) does what a click does.
// Never while somebody types (in a box that is ticked nobody does), nor together with Ctrl, Alt or Meta, which are the browser's.
(() => {
  const TYPED_IN = "input:not([type=checkbox], [type=radio], [type=file]), textarea, select, [contenteditable]";

  const act = (found) => {
    found.click();
    const field = found.dataset.writes && document.getElementById(found.dataset.writes);
    if (!field) return;
    field.focus({ preventScroll: true });
    field.closest("form").scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest(TYPED_IN) || document.querySelector("dialog[open]")) return;
    const key = `${event.shiftKey ? "Shift+" : ""}${event.code}`;
    const named = document.querySelector(`[data-key="${key}"]`);
    const found = named || (key === "KeyC" && document.querySelector("[data-canned]"));
    if (!found || found.hidden) return;
    event.preventDefault();
    if (!event.repeat) act(found);
  });
})();
