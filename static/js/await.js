// A form is sent when the files it brings are here; until then its button says so. A file that failed meanwhile stops it.
(() => {
  const RUNNING = ["queued", "preparing", "sending", "waiting", "checking"].map((state) => `[data-upload][data-state=${state}]:not([hidden])`).join();
  const FAILED = "[data-upload][data-state=failed]:not([hidden])";
  const REFUSED = "[data-upload][data-state=refused]:not([hidden])";
  const held = new Map(); // the form, and how it was to be sent

  const stand = (row) => {
    row.tabIndex = -1;
    row.focus();
  };

  const release = (form) => {
    const { button, words, refused } = held.get(form);
    if (form.querySelector(RUNNING)) return;
    held.delete(form);
    form.removeAttribute("data-held");
    if (button) {
      button.replaceChildren(...words);
      button.removeAttribute("aria-busy");
    }
    const bad = form.querySelector(FAILED) || [...form.querySelectorAll(REFUSED)].find((row) => !refused.has(row));
    if (bad) stand(bad);
    else form.requestSubmit(button);
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const picker = form.querySelector("[data-live]");
    if (!picker || (event.submitter && event.submitter.name === "discard")) return;
    const failed = form.querySelector(FAILED);
    if (!failed && !form.querySelector(RUNNING)) return;
    event.preventDefault();
    if (held.has(form)) return;
    if (failed) { stand(failed); return; }
    const button = event.submitter;
    held.set(form, { button, words: button ? [...button.childNodes] : [], refused: new Set(form.querySelectorAll(REFUSED)) });
    form.setAttribute("data-held", "");
    form.querySelectorAll("[data-upload][data-state=waiting]").forEach((row) => row.dispatchEvent(new CustomEvent("upload:again", { bubbles: true })));
    if (!button) return;
    button.setAttribute("aria-busy", "true");
    button.textContent = picker.dataset[button.name === "save_draft" ? "awaitedSave" : "awaited"];
  }, true);

  // once all others have heard it too
  document.addEventListener("upload:told", () => setTimeout(() => [...held.keys()].forEach(release)));
  addEventListener("pageshow", (event) => { if (event.persisted) held.clear(); });
})();
