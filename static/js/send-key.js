// Ctrl+Enter in a text sends its form by the button that would be pressed first ([data-send], the one that is shown).
(() => {
  document.addEventListener("keydown", (event) => {
    if (event.code !== "Enter" && event.code !== "NumpadEnter") return;
    if (!(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat || !event.target.form) return;
    const button = [...event.target.form.querySelectorAll("[data-send]")].find((one) => one.offsetParent);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
})();
