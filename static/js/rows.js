// Each picked file becomes a row of its form ([data-upload]) and goes up; the row's buttons cancel, try again, remove, or send the full size.
(() => {
  const picked = new WeakMap(); // what a row was made of
  const send = (row, name, detail = {}) => row.dispatchEvent(new CustomEvent(`upload:${name}`, { bubbles: true, detail }));
  const start = (row, isOriginal = false) => send(row, "start", { file: picked.get(row).file, isOriginal });
  const rowsOf = (picker) => [...picker.querySelectorAll("[data-upload]:not([hidden])")];
  const buttonIn = (row) => row && [...row.querySelectorAll("button")].find((button) => button.offsetParent);

  const make = (picker, file, parts) => {
    const row = picker.querySelector("template[data-row]").content.querySelector("[data-upload]").cloneNode(true);
    const [beginning, end] = parts(file.name);
    const ending = Object.assign(document.createElement("span"), { dir: "ltr", textContent: end });
    row.querySelector("[data-name]").replaceChildren(beginning, ending);
    row.querySelectorAll("[data-act]").forEach((button) => button.setAttribute("aria-label", `${button.textContent} ${file.name}`));
    row.dataset.same = `${file.size} ${file.name}`;
    row.dataset.full = file.size;
    picked.set(row, { file, parts });
    picker.querySelector("[data-refused]").before(row);
    if (picker.closest("details")) picker.closest("details").open = true;
    return row;
  };

  // hidden at once, and ticked for removal in case that the line is broken just now
  const drop = async (row, state) => {
    const picker = row.closest("[data-begin]");
    if (row.contains(document.activeElement)) {
      (buttonIn(rowsOf(picker).filter((other) => other !== row).pop()) || picker.querySelector("input[type=file]")).focus();
    }
    row.querySelector("[name=remove]").checked = true;
    row.hidden = true;
    send(row, "stop");
    send(row, "told", { state });
    const detail = {};
    send(row, "erase", detail);
    await detail.done;
  };

  const again = async (row, isOriginal) => {
    const { file, parts } = picked.get(row);
    const fresh = make(row.closest("[data-begin]"), file, parts);
    const wasErased = drop(row, "gone");
    (buttonIn(fresh) || fresh).focus();
    await wasErased;
    start(fresh, isOriginal);
  };

  const acts = {
    cancel: (row) => drop(row, "cancelled"),
    remove: (row) => drop(row, "removed"),
    retry: (row) => (row.dataset.state === "waiting" ? send(row, "again") : again(row, false)),
    original: (row) => again(row, true),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-upload] [data-act]");
    if (button) acts[button.dataset.act](button.closest("[data-upload]"));
  });

  document.addEventListener("files:picked", (event) => {
    const picker = event.target.closest("[data-live]");
    if (!picker) return;
    event.preventDefault();
    event.detail.files.forEach((file) => {
      const twin = rowsOf(picker).find((row) => row.dataset.same === `${file.size} ${file.name}`);
      if (twin && !["failed", "refused"].includes(twin.dataset.state)) return;
      if (twin) drop(twin, "gone");
      start(make(picker, file, event.detail.parts));
    });
  });

  document.querySelectorAll("[data-begin]").forEach((picker) => {
    if (picker.closest("form") && picker.closest("form").elements.draft_token) picker.setAttribute("data-live", "");
  });
})();
