// The theme changes at once; the form that would have changed it is sent behind it, and takes over if that fails.
(() => {
  const show = (form, theme) => {
    if (theme === "auto") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset.theme = theme;
    form.querySelectorAll("[name=theme]").forEach((button) => button.setAttribute("aria-pressed", button.value === theme));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const theme = event.submitter && event.submitter.value;
    if (!form.matches("[data-theme-switch]") || !theme) return;
    event.preventDefault();
    show(form, theme);
    const body = new FormData(form);
    body.set("theme", theme);
    const send = () => {
      form.insertAdjacentHTML("beforeend", '<input type="hidden" name="theme">');
      form.lastElementChild.value = theme;
      form.submit();
    };
    fetch(form.action, { method: "POST", body, redirect: "manual" })
      .then((answer) => { if (!answer.ok && answer.type !== "opaqueredirect") send(); }, send);
  });
})();
