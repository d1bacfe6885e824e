// After a refused form the reader stands at the summary of errors, or at the first wrong field where there is none.
(() => {
  const place = document.querySelector("[data-errors]") || document.querySelector("[aria-invalid=true]");
  if (place) place.focus();
})();
