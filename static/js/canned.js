// Canned replies beside the text: «/» at the start of a word, or the opener ([data-canned]), shows the list ([data-canned-list]). What is typed
// then filters it, arrows and Enter or a click put the reply at the caret, Escape leaves the text as it is. The list comes with its first use.
(() => {
  const attach = (opener) => {
    const form = opener.form, area = form.elements.body;
    const [list, said] = ["list", "said"].map((part) => form.querySelector(`[data-canned-${part}]`));
    let begin = -1, isBySlash = false, active = null, isAsked = false;
    const options = () => [...list.querySelectorAll("[role=option]")];

    const activate = (option) => {
      active = option || null;
      options().forEach((other) => other.setAttribute("aria-selected", String(other === active)));
      if (active) active.scrollIntoView({ block: "nearest" });
      area.setAttribute("aria-activedescendant", active ? active.id : "");
    };

    const close = () => {
      [begin, list.hidden, said.textContent] = [-1, true, ""];
      activate(null);
      opener.setAttribute("aria-expanded", "false");
    };

    const filter = () => {
      list.dispatchEvent(new CustomEvent("sift", { bubbles: true, detail: area.value.slice(begin + isBySlash, area.selectionStart) }));
      const left = options().filter((option) => !option.hidden), none = list.querySelector("[data-none]");
      if (none) [none.hidden, said.textContent] = [left.length > 0, none.textContent];
      if (left.length) said.textContent = said.dataset.words.replace("{count}", left.length.toLocaleString("fa-IR"));
      activate(left[0]);
    };

    const open = (from) => {
      [begin, isBySlash, list.hidden] = [from, area.value[from] === "/" && from < area.selectionStart, false];
      opener.setAttribute("aria-expanded", "true");
      if (!isAsked) list.dispatchEvent(new Event("canned"));
      isAsked = true;
      filter();
    };

    const choose = (option) => {
      const detail = { from: begin, text: option.querySelector("[data-text]").textContent, gap: option.dataset.gap };
      close();
      area.dispatchEvent(new CustomEvent("insert", { bubbles: true, detail }));
    };

    area.addEventListener("input", ({ data }) => {
      const caret = area.selectionStart, typed = area.value.slice(begin, caret), isLeft = caret < begin || /\n|^\/\s|.{60}/.test(typed);
      if (begin < 0 && data === "/" && /(^|\s)$/.test(area.value.slice(0, caret - 1))) open(caret - 1);
      else if (begin >= 0 && (isLeft || (isBySlash && typed[0] !== "/"))) close();
      else if (begin >= 0) filter();
    });
    area.addEventListener("keydown", (event) => {
      if (begin < 0 || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], left = options().filter((option) => !option.hidden);
      if (event.key === "Escape") close();
      else if (event.key === "Enter" && active) choose(active);
      else if (step && active) activate(left[(left.indexOf(active) + step + left.length) % left.length]);
      else return;
      event.preventDefault(), event.stopPropagation();
    });
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      area.focus();
      return begin < 0 ? open(area.selectionStart) : close();
    });
    for (const name of ["mousedown", "click"]) list.addEventListener(name, (event) => {
      const option = event.target.closest("[role=option]");
      if (option) event.preventDefault(); // the focus stays in the text, and nothing is sent
      if (option && name === "click") choose(option);
    });
    list.addEventListener("htmx:afterSwap", () => { if (begin >= 0) filter(); });
    const fail = () => { [isAsked, said.textContent, list.textContent] = [false, list.dataset.failed, list.dataset.failed]; };
    ["htmx:responseError", "htmx:sendError"].forEach((name) => list.addEventListener(name, fail));
    form.addEventListener("focusout", ({ relatedTarget: to }) => { if (begin >= 0 && to && to !== opener && to !== area && !list.contains(to)) close(); });
    area.setAttribute("aria-autocomplete", "list");
    opener.setAttribute("aria-expanded", "false");
    opener.nextElementSibling.hidden = false; // the hint
  };

  document.querySelectorAll("[data-canned]").forEach(attach);
})();
