// What is written but not sent becomes the draft when the person uses another form of the page, or leaves it.
(() => {
  const forms = [...document.querySelectorAll("form[data-keep]")];
  const words = (form) => JSON.stringify([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const stored = new Map(forms.map((form) => [form, words(form)]));
  let onItsWay = null;

  const unsaved = () => forms.filter((form) => form !== onItsWay && words(form) !== stored.get(form));

  const draft = (form) => {
    const data = new FormData(form);
    data.delete("attachments");
    data.set("save_draft", "quiet");
    stored.set(form, words(form));
    return data;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (forms.includes(form)) {
      onItsWay = form;
      return;
    }
    const others = unsaved();
    if (!others.length) return;
    event.preventDefault();
    const saving = others.map((other) => fetch(other.action, { method: "POST", body: draft(other) }));
    Promise.allSettled(saving).then(() => form.requestSubmit(event.submitter));
  });

  addEventListener("pagehide", () => unsaved().forEach((form) => navigator.sendBeacon(form.action, draft(form))));
  addEventListener("pageshow", () => { onItsWay = null; });
})();
