// The mark at the foot of a form ([data-draft-mark]) shows what has become of its text. It is read aloud only when that is news.
(() => {
  const point = (link, address) => {
    link.hidden = !address;
    if (address) link.href = address;
  };

  document.addEventListener("draft:state", (event) => {
    const mark = event.target.querySelector("[data-draft-mark]");
    const { state, message, signin, address } = event.detail;
    if (!mark) return;
    const isNews = state !== "saving" && state !== mark.dataset.said;
    mark.setAttribute("aria-live", isNews ? "polite" : "off");
    if (isNews) mark.dataset.said = state;
    mark.dataset.state = state;
    const isElsewhere = state === "conflict" || state === "sent";  // a notice says it
    mark.querySelector("[data-words]").textContent = isElsewhere ? "" : message || mark.dataset[state] || "";
    point(mark.querySelector("[data-signin]"), signin);
    point(mark.querySelector("[data-open]"), state === "told" && address);
  });
})();
