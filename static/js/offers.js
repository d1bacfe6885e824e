// Of what the departments promise only the chosen one's is shown; without this script all of them stand there ([data-offers]).
(() => {
  const place = document.querySelector("[data-offers]");
  if (!place) return;
  const fields = place.closest("form").elements;
  const show = () => {
    for (const offer of place.children) offer.hidden = offer.dataset.offer !== fields.namedItem("department").value;
  };
  place.closest("form").addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
})();
