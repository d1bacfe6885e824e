// What is written but not sent becomes the draft when the person uses another form of the page, or leaves it. Nobody is left to be asked.
(() => {
  const forms = [...document.querySelectorAll("form[data-keep]")];
  const words = (form) => JSON.stringify([...new FormData(form)].filter(([name, value]) => typeof value === "string" && !name.startsWith("draft_")));
  const stored = new Map(forms.map((form) => [form, form.hasAttribute("data-unsaved") ? "" : words(form)]));
  let onItsWay = null;

  const unsaved = () => forms.filter((form) => form !== onItsWay && words(form) !== stored.get(form));

  // the last twelve digits of the page's id count what it sends, so that a late one is known from a new one
  const draft = (form) => {
    const page = form.elements.draft_page;
    page.value = page.value.slice(0, 24) + (parseInt(page.value.slice(24), 16) + 1).toString(16).padStart(12, "0");
    const data = new FormData(form);
    ["attachments", "draft_over"].forEach((name) => data.delete(name));
    data.set("save_draft", "quiet");
    stored.set(form, words(form));
    return data;
  };

  document.addEventListener("draft:stored", (event) => stored.set(event.target, event.detail));
  document.addEventListener("click", (event) => {
    const given = event.target.closest("[data-take-theirs]");
    if (given) stored.set(given.closest("form"), words(given.closest("form")));
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (forms.includes(form)) {
      onItsWay = form;
      setTimeout(() => { onItsWay = null; }, 60000); // a line that drops leaves the page standing
      return;
    }
    const others = unsaved();
    if (!others.length) return;
    event.preventDefault();
    const saving = others.map((other) => fetch(other.dataset.keep, { method: "POST", body: draft(other) }));
    Promise.allSettled(saving).then(() => form.requestSubmit(event.submitter));
  });

  addEventListener("pagehide", () => unsaved().forEach((form) => navigator.sendBeacon(form.dataset.keep, draft(form))));
  addEventListener("pageshow", () => { onItsWay = null; });
})();
