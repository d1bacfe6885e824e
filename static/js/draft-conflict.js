// Another page has changed this draft, or sent it: a notice says so, and the person chooses which text counts.
(() => {
  const fill = (form, theirs) => {
    Object.entries(theirs).forEach(([name, value]) => {
      const field = form.elements[name];
      if (field && field.type === "checkbox") field.checked = value !== "";
      else if (field) field.value = value;
    });
    form.querySelectorAll("textarea").forEach((area) => area.dispatchEvent(new Event("input", { bubbles: true })));
  };

  document.addEventListener("draft:state", (event) => {
    const form = event.target;
    const { state, message, version, theirs } = event.detail;
    const place = form.querySelector("[data-draft-notice]");
    if (state !== "conflict" && state !== "sent") return;
    form.querySelectorAll("[data-conflict]").forEach((older) => older.remove());
    place.replaceChildren(form.querySelector(`template[data-draft-${state}]`).content.cloneNode(true));
    place.querySelector("[data-text]").textContent = message;
    place.hidden = false;
    place.scrollIntoView({ block: "nearest" });

    const settle = (click, isTaken) => {
      click.preventDefault();
      form.elements.draft_version.value = version;
      // what this page has set aside stays where it is: the page goes on as another one
      const page = form.elements.draft_page;
      if (isTaken) page.value = `${crypto.getRandomValues(new Uint32Array(1))[0].toString(16).padStart(8, "0")}${page.value.slice(8, 24)}000000000000`;
      if (isTaken) fill(form, theirs);
      place.hidden = true;
      form.querySelector("textarea").focus();
      form.dispatchEvent(new CustomEvent("draft:settled", { bubbles: true, detail: isTaken }));
    };
    if (state === "sent") return;
    place.querySelector("[data-take-theirs]").addEventListener("click", (click) => settle(click, true));
    place.querySelector("[data-keep-mine]").addEventListener("click", (click) => settle(click, false));
  });
})();
