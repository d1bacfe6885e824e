// Tickets are ticked in a list: the bar of what may be done to them shows once one is, and says how many.
(() => {
  document.querySelectorAll("[data-picks]").forEach((form) => {
    const bar = form.querySelector("[data-picked]");
    const count = bar.querySelector("[data-count]");
    const whole = form.querySelector("[data-pick-whole]");
    const boxes = [...form.querySelectorAll("[data-pick]")];
    const pages = [...form.querySelectorAll("[data-pick-all]")];

    const show = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      boxes.forEach((box) => box.closest("tr").classList.toggle("is-picked", box.checked));
      bar.hidden = !ticked && !whole.checked;
      const words = whole.checked ? count.dataset.whole : count.dataset.count.replace("{count}", ticked.toLocaleString("fa-IR"));
      if (count.textContent !== words) count.textContent = words;
      pages.forEach((box) => {
        box.checked = ticked === boxes.length;
        box.indeterminate = ticked > 0 && ticked < boxes.length;
      });
    };

    form.addEventListener("change", (event) => {
      if (event.target === whole ? whole.checked : pages.includes(event.target)) boxes.forEach((box) => { box.checked = event.target.checked; });
      if (boxes.some((box) => !box.checked)) whole.checked = false; // a ticket that was unticked is not meant
      show();
    });
    // in a box it would press the first button of the form
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.type === "checkbox") event.preventDefault();
    });
    form.querySelectorAll("[data-scripted]").forEach((part) => { part.hidden = false; });
    show();
    addEventListener("pageshow", show); // the browser ticks again what was ticked
  });
})();
