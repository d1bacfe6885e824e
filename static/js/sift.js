// A list hears «sift» with the words typed and hides the options whose title does not hold them all; spellings of one Persian word are one.
(() => {
  const ONE_FORM = [[/[\u0649\u064a\u06d2]/g, "\u06cc"], [/\u0643/g, "\u06a9"], [/[\u0629\u06be\u06d5]/g, "\u0647"], [/[\u0621\u0640\p{M}\p{Cf}]/gu, ""]];
  const digit = (sign) => String(sign.charCodeAt(0) & 15);
  const fold = (text) => ONE_FORM.reduce((folded, [forms, one]) => folded.replace(forms, one), text.normalize("NFKD"))
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, digit).toLowerCase();

  document.addEventListener("sift", ({ target, detail }) => {
    const words = fold(detail).split(/\s+/);
    target.querySelectorAll("[role=option]").forEach((option) => {
      const title = fold(option.firstElementChild.textContent).replace(/\s/g, "");
      option.hidden = !words.every((word) => title.includes(word));
    });
  });
})();
