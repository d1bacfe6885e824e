// Asks how the check of a whole upload went, until it is over; and erases at the server what was cancelled or removed.
(() => {
  const ask = async (row, method) => {
    const picker = row.closest("[data-begin]");
    const token = picker.dataset.csrf || picker.closest("form").elements.csrfmiddlewaretoken.value;
    try {
      const response = await fetch(row.dataset.url, { method, headers: { Accept: "application/json", "X-CSRFToken": token } });
      const answer = await response.json();
      if (answer.csrf) picker.dataset.csrf = answer.csrf;
      return { answer, status: response.status };
    } catch {
      return { answer: {}, status: 0 };
    }
  };

  const watch = async (row) => {
    if (row.hasAttribute("data-watched")) return;
    row.setAttribute("data-watched", "");
    let state = "checking";
    for (let pause = 400; state === "checking"; pause = Math.min(3000, pause * 1.5)) {
      await new Promise((resolve) => { setTimeout(resolve, pause); });
      if (row.hidden || !row.isConnected) return;
      const { answer, status } = await ask(row, "GET");
      if (row.hidden) return;
      state = answer.state || (status === 404 ? "failed" : "checking");
      if (state !== "checking") row.dispatchEvent(new CustomEvent("upload:told", { bubbles: true, detail: { ...answer, state } }));
    }
  };

  const erase = async (row) => {
    if (!row.dataset.url) return;
    if (row.begins && !(await row.begins)) { row.remove(); return; } // cancelled before its turn came
    let { status } = await ask(row, "DELETE");
    if (status === 403) ({ status } = (await ask(row, "GET"), await ask(row, "DELETE")));
    if (status === 200) row.remove();
  };

  document.addEventListener("upload:told", (event) => { if (event.detail.state === "checking") watch(event.target); });
  document.addEventListener("upload:erase", (event) => { event.detail.done = erase(event.target); });
  document.querySelectorAll("[data-live] [data-upload][data-state=checking]").forEach(watch);
})();
