// What the server would refuse for its size or number is not picked at all ([data-refused] says why): it cannot cost the text that goes along.
(() => {
  const megabytes = (file) => Math.ceil((file.size * 10) / 2 ** 20) / 10;
  const shrinks = (file) => /^image\/(jpeg|webp)$/.test(file.type);

  const filter = (place, detail) => {
    const { maxFiles, maxMb, tooLarge, tooMany } = place.dataset;
    const isLive = Boolean(place.closest("[data-live]"));
    const rows = place.parentElement.querySelectorAll("[data-upload]:not([data-state=refused], [hidden])");
    const there = [...rows].filter((row) => isLive || !row.querySelector("[name=remove]").checked).length + detail.before.length;
    const fitting = detail.files.filter((file) => megabytes(file) <= maxMb || (isLive && shrinks(file)));
    const told = detail.files.filter((file) => !fitting.includes(file)).map((file) => tooLarge
      .replace("{size}", megabytes(file).toLocaleString("fa-IR", { useGrouping: false }))
      .replace("{name}", () => `${detail.parts(file.name).join("\u2066")}\u2069`));
    const room = Math.max(0, maxFiles - there);
    if (fitting.length > room) told.push(tooMany);
    place.replaceChildren(...told.map(() => place.nextElementSibling.content.cloneNode(true)));
    told.forEach((words, row) => place.children[row].append(words));
    detail.files = fitting.slice(0, room);
  };

  // while the event is on its way down: before anybody takes the files
  document.addEventListener("files:picked", (event) => {
    const place = event.target.parentElement.querySelector("[data-refused]");
    if (place) filter(place, event.detail);
  }, true);
})();
