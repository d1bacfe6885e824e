// A file picker ([data-dropzone]): the label stands for the native control; what is chosen, dropped or pasted adds up and is listed by name.
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
    const list = zone.querySelector(".dropzone__names") || zone.appendChild(make("ul", { className: "dropzone__names" }));
    list.setAttribute("role", "status");
    list.replaceChildren(...[...input.files].map((file) => make("li", { className: "chip" }, named(parts(file.name)), remover(zone, input, file))));
  };

  // what the server would refuse for its size or number stays out, so that a large upload cannot cost the text that goes along
  const accepted = (place, input, files) => {
    const { maxFiles, maxMb, tooLarge, tooMany } = place.dataset;
    const megabytes = (file) => Math.ceil((file.size * 10) / 2 ** 20) / 10;
    const fitting = files.filter((file) => megabytes(file) <= maxMb);
    const room = Math.max(0, maxFiles - input.form.querySelectorAll("[name=remove]:not(:checked)").length);
    const told = files.filter((file) => !fitting.includes(file)).map((file) => tooLarge
      .replace("{size}", megabytes(file).toLocaleString("fa-IR", { useGrouping: false }))
      .replace("{name}", () => `${parts(file.name).join("\u2066")}\u2069`));
    if (fitting.length > room) told.push(tooMany);
    place.replaceChildren(...told.map(() => place.nextElementSibling.content.cloneNode(true)));
    told.forEach((words, row) => place.children[row].append(words));
    return fitting.slice(0, room);
  };

  const attach = (zone) => {
    const input = zone.querySelector("input[type=file]");
    if (!input || zone.hasAttribute("data-ready")) return;
    zone.setAttribute("data-ready", "");
    const place = zone.parentElement.querySelector("[data-refused]");
    const add = (before, files) => {
      const all = input.multiple ? [...before, ...files] : [...files].slice(0, 1);
      keep(input, place ? accepted(place, input, all) : all);
      names(zone, input);
    };
    // the browser forgets the first choice at the second, so it is noted when the dialogue opens
    let chosen = [];
    input.addEventListener("click", () => { chosen = [...input.files]; });
    input.addEventListener("change", () => add(chosen, input.files));
    zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("is-over"); });
    zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
    zone.addEventListener("drop", (event) => { event.preventDefault(); zone.classList.remove("is-over"); add([...input.files], event.dataTransfer.files); });
    if (input.form) input.form.addEventListener("paste", (event) => {
      if (!event.clipboardData.files.length) return;
      event.preventDefault();
      add([...input.files], event.clipboardData.files);
    });
    names(zone, input);
  };

  const ready = (root) => root.querySelectorAll("[data-dropzone]").forEach(attach);
  ready(document);
  document.addEventListener("htmx:load", (event) => ready(event.target));
})();
