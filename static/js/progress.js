// What a row shows of its upload («upload:told»): bar, percent, state, and the finished row as the server draws it. Sparing with what is read out.
(() => {
  const SAID = ["done", "refused", "failed", "waiting"];
  const LEAVING = ["cancelled", "removed"];
  const part = (row, name) => row.querySelector(`[data-${name}]`);
  const nameOf = (row) => row.querySelector(".upload__name").textContent.trim();

  const offer = (row, picker) => {
    row.setAttribute("data-shrunk", "");
    part(row, "note").textContent = picker.dataset.shrunk;
    part(row, "note").hidden = false;
    part(row, "act=original").hidden = row.dataset.full > picker.querySelector("[data-refused]").dataset.maxMb * 2 ** 20;
  };

  // the row stays the same element, so that whoever holds it still does
  const redraw = (row, picker, html) => {
    const made = new DOMParser().parseFromString(html, "text/html").querySelector("[data-upload]");
    const hadFocus = row.contains(document.activeElement);
    row.replaceChildren(...made.childNodes);
    if (row.hasAttribute("data-shrunk") && row.dataset.state === "done") offer(row, picker);
    if (hadFocus) part(row, "act=remove").focus();
  };

  const sending = (row, picker, { sent, size, isShrunk }) => {
    if (size !== undefined) row.dataset.size = Math.max(1, size); // an empty file is refused by the server
    if (isShrunk) offer(row, picker);
    const percent = Math.min(100, Math.floor((sent * 100) / row.dataset.size));
    part(row, "bar").value = percent;
    return picker.dataset.sending.replace("{percent}", percent.toLocaleString("fa-IR"));
  };

  // what cannot go up first goes along with the form, as without a script; what is there of it is removed by the same form
  const back = (row, picker, file) => {
    row.querySelector("[name=remove]").checked = true;
    row.hidden = true;
    picker.querySelector("[data-dropzone]").dispatchEvent(new CustomEvent("files:back", { detail: { files: [file] } }));
  };

  const signIn = (row, picker, address) => {
    const link = Object.assign(document.createElement("a"), { href: address, target: "_blank", textContent: picker.dataset.signin });
    part(row, "words").append(" ", link);
  };

  document.addEventListener("upload:told", (event) => {
    const [row, detail] = [event.target, event.detail];
    const picker = row.closest("[data-begin]");
    if (detail.isBack) {
      back(row, picker, detail.file);
      return;
    }
    const isNews = row.dataset.state !== detail.state && SAID.includes(detail.state);
    const said = part(picker, "said");
    if (row.hidden) { // by whoever cancelled or removed it
      if (LEAVING.includes(detail.state)) said.textContent = `${nameOf(row)}: ${picker.dataset[detail.state]}`;
      return;
    }
    row.dataset.state = detail.state;
    if (detail.html) redraw(row, picker, detail.html);
    else part(row, "words").textContent = detail.state === "sending" ? sending(row, picker, detail) : detail.message || picker.dataset[detail.state];
    if (detail.signin) signIn(row, picker, detail.signin);
    if (isNews) said.textContent = `${nameOf(row)}: ${part(row, "words").textContent}`;
  });
})();
