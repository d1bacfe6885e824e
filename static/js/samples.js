// Rows of further cases ([data-sample]): the empty ones wait behind a button, and one that is not wanted is emptied and goes.
(() => {
  document.querySelectorAll("[data-samples]").forEach((place) => {
    const rows = [...place.querySelectorAll("[data-sample]")];
    const add = place.querySelector("[data-sample-add]");
    const inputs = (row) => [...row.querySelectorAll("input")];
    const isFilled = (row) => inputs(row).some((input) => input.value || input.getAttribute("aria-invalid"));
    const count = () => { add.hidden = rows.every((row) => !row.hidden); };

    rows.forEach((row, at) => {
      row.hidden = at > 0 && !isFilled(row);
      const remove = row.querySelector("[data-sample-remove]");
      remove.hidden = false;
      remove.addEventListener("click", () => {
        inputs(row).forEach((input) => { input.value = ""; });
        row.hidden = true;
        count();
        add.focus();
        inputs(row)[0].dispatchEvent(new Event("input", { bubbles: true }));
      });
    });
    add.addEventListener("click", () => {
      const row = rows.find((other) => other.hidden);
      row.hidden = false;
      count();
      inputs(row)[0].focus();
    });
    // what another page has written (draft-conflict.js) must be seen
    place.closest("form").addEventListener("draft:settled", () => {
      rows.filter(isFilled).forEach((row) => { row.hidden = false; });
      if (rows.some(isFilled)) place.open = true;
      count();
    });
    count();
  });
})();
