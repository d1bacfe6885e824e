// A file picker ([data-dropzone]): the label stands for the native control; what is chosen, dropped or pasted adds up and is listed by name.
(() => {
  const keep = (input, files) => {
    const all = new DataTransfer();
    files.forEach((file) => all.items.add(file));
    input.files = all.files;
  };

  const remover = (zone, input, file) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "×";
    button.setAttribute("aria-label", `${document.body.dataset.remove} ${file.name}`);
    button.addEventListener("click", () => {
      keep(input, [...input.files].filter((other) => other !== file));
      names(zone, input);
      input.focus();
    });
    return button;
  };

  const names = (zone, input) => {
    const list = zone.querySelector(".dropzone__names") || zone.appendChild(document.createElement("ul"));
    list.className = "dropzone__names";
    list.setAttribute("role", "status");
    list.replaceChildren(...[...input.files].map((file) => {
      const item = document.createElement("li");
      const name = document.createElement("bdi");
      item.className = "chip";
      name.textContent = file.name;
      item.append(name, remover(zone, input, file));
      return item;
    }));
  };

  const attach = (zone) => {
    const input = zone.querySelector("input[type=file]");
    if (!input || zone.hasAttribute("data-ready")) return;
    zone.setAttribute("data-ready", "");
    let before = [];
    const add = (files) => {
      keep(input, input.multiple ? [...before, ...files] : [...files].slice(0, 1));
      names(zone, input);
    };
    // the browser forgets the first choice at the second, so it is noted when the dialogue opens
    input.addEventListener("click", () => { before = [...input.files]; });
    input.addEventListener("change", () => add([...input.files]));
    zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("is-over"); });
    zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("is-over");
      before = [...input.files];
      add([...event.dataTransfer.files]);
    });
    if (input.form) input.form.addEventListener("paste", (event) => {
      if (!event.clipboardData.files.length) return;
      event.preventDefault();
      before = [...input.files];
      add([...event.clipboardData.files]);
    });
    names(zone, input);
  };

  const ready = (root) => root.querySelectorAll("[data-dropzone]").forEach(attach);
  ready(document);
  document.addEventListener("htmx:load", (event) => ready(event.target));
})();
