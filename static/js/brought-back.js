// Back shows what the browser kept of a form ([data-keep]), put into a page made anew. That text belongs to the form as it was: it takes
// its key, version and page with it, so that a newer text is not overwritten unasked and a sent one is not sent twice.
(() => {
  const forms = [...document.querySelectorAll("form[data-keep]")];
  const NAMES = ["submission_key", "draft_token", "draft_version", "draft_page"];

  const isBroughtBack = (form) => [...form.elements].some((field) => !NAMES.includes(field.name)
    && (/^(checkbox|radio)$/.test(field.type) ? field.checked !== field.defaultChecked : /^(text|textarea)$/.test(field.type) && field.value !== field.defaultValue));

  const note = () => {
    const drafts = forms.map((form) => [form.action, form.dataset.keep, ...NAMES.map((name) => form.elements[name].value)]);
    history.replaceState({ ...history.state, drafts }, "");
  };

  // what the page sent while it was being left is not counted here: its next turn must lie beyond
  const later = (page) => page.slice(0, 24) + (parseInt(page.slice(24), 16) + 4096).toString(16).padStart(12, "0");

  const become = (form, [, address, ...values]) => {
    form.dataset.keep = address;
    NAMES.forEach((name, place) => { form.elements[name].value = values[place]; });
    form.elements.draft_page.value = later(form.elements.draft_page.value);
    form.dispatchEvent(new CustomEvent("draft:stored", { bubbles: true, detail: "" }));
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  addEventListener("pageshow", (event) => {
    const drafts = (history.state && history.state.drafts) || []; // a page that was not here before has none
    const isSame = (form, place) => drafts[place] && drafts[place][0] === form.action;
    if (!event.persisted) forms.forEach((form, place) => { if (isSame(form, place) && isBroughtBack(form)) become(form, drafts[place]); });
    if (forms.length) note();
  });
  if (forms.length) document.addEventListener("draft:state", note);
})();
