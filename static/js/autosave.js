// A form ([data-keep]: the address of its draft) is saved two seconds after the last key, and every fifteen while typing goes on.
// One request at a time, the newest text wins; a lost line is tried again. What came of it goes out as the event draft:state.
(() => {
  const QUIET = 2000, LONGEST = 15000, PATIENCE = 20000, FIRST_RETRY = 4000, LAST_RETRY = 60000;
  const words = (form) => JSON.stringify([...new FormData(form)].filter(([name, value]) => typeof value === "string" && !name.startsWith("draft_")));

  // the last twelve digits of the page's id count what it sends, so that a late one is known from a new one
  const advance = ({ draft_page: page }) => {
    page.value = page.value.slice(0, 24) + (parseInt(page.value.slice(24), 16) + 1).toString(16).padStart(12, "0");
  };

  const attach = (form) => {
    let stored = form.hasAttribute("data-unsaved") ? "" : words(form);
    let timer = 0, since = 0, notBefore = 0, retry = FIRST_RETRY, isBusy = false, isAsked = false, isLeaving = false;
    const tell = (name, detail) => form.dispatchEvent(new CustomEvent(`draft:${name}`, { bubbles: true, detail }));
    const saveIn = (delay) => { clearTimeout(timer); timer = setTimeout(save, Math.max(0, delay, notBefore - Date.now())); };

    const typed = () => {
      since = since || Date.now();
      saveIn(Math.min(QUIET, since + LONGEST - Date.now()));
    };

    const again = (seconds) => {
      notBefore = Date.now() + (seconds ? seconds * 1000 : retry);
      retry = Math.min(retry * 2, LAST_RETRY);
      saveIn(0);
    };

    const settle = (status, said, sent) => {
      const isKnown = isAsked && said && said.theirs; // asked already; meanwhile what is typed goes into a draft of this page alone
      if (said && (status === 200 || said.saved || said.theirs)) tell("stored", sent);
      const isLost = !said || status === 429 || status >= 500;
      if (said && said.theirs) isAsked = true;
      if (said && said.fields) Object.entries(said.fields).forEach(([name, value]) => { form.elements[name].value = value; });
      if (said && said.fields) form.dataset.keep = said.address;
      if (!isLost) [notBefore, retry] = [0, FIRST_RETRY];
      if (status === 200 && said) form.elements.draft_version.value = said.version;
      const state = said ? { 200: said.message ? "saved" : "empty" }[status] || (said.theirs ? "conflict" : said.fields ? "sent" : "told") : status ? "failed" : "offline";
      if (!isLeaving && !isKnown) tell("state", { ...said, state });
      if (isLost) again(said && said.retry_after);
      else if (words(form) !== sent || said.fields) typed();
    };

    const save = async () => {
      const sent = words(form);
      since = 0;
      if (isBusy || isLeaving || sent === stored) return;
      let status = 0, said = null;
      isBusy = true;
      if (!isAsked) tell("state", { state: "saving" });
      advance(form.elements);
      const body = new FormData(form);
      ["attachments", "draft_over"].forEach((name) => body.delete(name));
      try {
        const answer = await fetch(form.dataset.keep, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
        status = answer.status;
        said = await answer.json();
      } catch { /* the line is cut, or something else than this program has answered */ }
      isBusy = false;
      settle(status, said, sent);
    };

    form.addEventListener("input", typed);
    form.addEventListener("change", typed);
    form.addEventListener("draft:stored", (event) => { stored = event.detail; });
    form.addEventListener("draft:settled", ({ detail: isTaken }) => { isAsked = false; if (isTaken) tell("stored", words(form)); else { stored = ""; saveIn(0); } });
    document.addEventListener("submit", (event) => {
      if (event.defaultPrevented || event.target.method !== "post") return;
      isLeaving = true;
      if (event.target === form) advance(form.elements);
      setTimeout(() => { isLeaving = false; }, 60000);  // a line that drops leaves the page standing
    });
    document.addEventListener("visibilitychange", () => { if (document.hidden) saveIn(0); });
    addEventListener("online", () => { notBefore = 0; saveIn(0); });
    addEventListener("pageshow", () => { isLeaving = false; });
  };

  document.querySelectorAll("form[data-keep]").forEach(attach);
})();
