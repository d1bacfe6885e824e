// A file picker ([data-dropzone]): the label stands for the native control. What is chosen, dropped or pasted is told as «files:picked»;
// where no other script takes it, and what comes by «files:back», adds up in the control and is listed by name.
(() => {
  // a name, and the end after its last Persian letter when that begins with a number: «0.txt» runs from left to right
  const ENDING = /^(.*(?=\p{L})\p{Script=Arabic}[^\p{L}\p{N}([{]*)([\p{N}([{](?!.*(?=\p{L})\p{Script=Arabic}).*)$/su;

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const keep = (input, files) => {
    input.files = files.reduce((all, file) => { all.items.add(file); return all; }, new DataTransfer()).files;
  };

  const remover = (zone, input, file) => {
    const button = make("button", { type: "button" }, "×");
    button.setAttribute("aria-label", `${document.body.dataset.remove} ${file.name}`);
    button.addEventListener("click", () => {
      keep(input, [...input.files].filter((other) => other !== file));
      names(zone, input);
      input.focus();
    });
    return button;
  };

  const parts = (name) => (ENDING.exec(name) || ["", name, ""]).slice(1);
  const named = ([beginning, end]) => make("bdi", { dir: "auto" }, beginning, make("span", { dir: "ltr" }, end));

  const names = (zone, input) => {
    const list = zone.querySelector(".dropzone__names") || zone.appendChild(make("ul", { className: "dropzone__names", role: "status" }));
    list.replaceChildren(...[...input.files].map((file) => make("li", { className: "chip" }, named(parts(file.name)), remover(zone, input, file))));
  };

  // a screenshot comes from the clipboard without a name of its own
  const shot = (zone, file) => {
    if (file.name !== "image.png" || !zone.dataset.shot) return file;
    const time = new Date().toLocaleTimeString("fa-IR", { hour: "2-digit", minute: "2-digit", hour12: false }).replace(":", "-");
    return new File([file], `${zone.dataset.shot} ${time}.png`, { type: file.type, lastModified: file.lastModified });
  };

  const attach = (zone) => {
    const input = zone.querySelector("input[type=file]");
    if (!input || zone.hasAttribute("data-ready")) return;
    zone.setAttribute("data-ready", "");
    const pick = (there, files) => {
      const detail = { before: input.multiple ? there : [], files: input.multiple ? [...files] : [...files].slice(0, 1), parts };
      const isFree = zone.dispatchEvent(new CustomEvent("files:picked", { bubbles: true, cancelable: true, detail }));
      keep(input, isFree ? [...detail.before, ...detail.files] : detail.before);
      names(zone, input);
    };
    // the browser forgets the first choice at the second, so it is noted when the dialogue opens
    let chosen = [];
    input.addEventListener("click", () => { chosen = [...input.files]; });
    input.addEventListener("change", () => { pick(chosen, input.files); chosen = []; });
    zone.addEventListener("files:back", (event) => { keep(input, [...input.files, ...event.detail.files]); names(zone, input); });
    zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("is-over"); });
    zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
    zone.addEventListener("drop", (event) => { event.preventDefault(); zone.classList.remove("is-over"); pick([...input.files], event.dataTransfer.files); });
    if (input.form) input.form.addEventListener("paste", (event) => {
      if (!event.clipboardData.files.length) return;
      event.preventDefault();
      pick([...input.files], [...event.clipboardData.files].map((file) => shot(zone, file)));
    });
    names(zone, input);
  };

  const ready = (root) => root.querySelectorAll("[data-dropzone]").forEach(attach);
  // beside the box too: the browser would open the file in place of the form
  const zoneAt = (event) => event.dataTransfer.types.includes("Files") && (event.target.closest("form") || document).querySelector("[data-dropzone]");
  document.addEventListener("dragover", (event) => { if (zoneAt(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    const zone = !event.defaultPrevented && zoneAt(event);
    if (zone) event.preventDefault();
    if (zone) zone.dispatchEvent(new DragEvent("drop", { dataTransfer: event.dataTransfer }));
  });
  document.addEventListener("htmx:load", (event) => ready(event.target));
  ready(document);
})();
