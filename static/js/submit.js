// A form that is on its way says so and is not sent twice; coming back to the page makes it ready again.
(() => {
  const busy = new Map();

  const release = (form) => {
    const kept = busy.get(form);
    busy.delete(form);
    if (!kept || !kept.button) return;
    kept.button.replaceChildren(...kept.words);
    kept.button.removeAttribute("aria-busy");
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.target) return;
    if (busy.has(form)) { event.preventDefault(); return; }
    const button = event.submitter || form.querySelector("button:not([type=button])");
    busy.set(form, { button, words: button ? [...button.childNodes] : [] });
    // the button's name and value must still go along, so it changes after the browser has read the form
    setTimeout(() => {
      if (!busy.has(form) || !button) return;
      button.setAttribute("aria-busy", "true");
      button.textContent = button.dataset.sending || document.body.dataset.sending;
    });
    // a line that drops leaves the page standing: the person must be able to try again
    setTimeout(() => release(form), 60000);
  });

  addEventListener("pageshow", () => [...busy.keys()].forEach(release));
})();
