// Sends a file («upload:go» on its row) in chunks and goes on by itself after a broken line, from where the server really is. How it goes is «upload:told».
(() => {
  const FIRST = 256 * 1024, LEAST = 32 * 1024;
  const BROKEN = [0, 408, 502, 503, 504];
  let turn = Promise.resolve(); // files begin one after the other, in the order in which they were chosen

  const pause = (row, seconds) => new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
    addEventListener("online", resolve, { once: true });
    addEventListener("focus", resolve, { once: true }); // back from signing in beside it
    row.addEventListener("upload:again", resolve, { once: true });
  });

  const identity = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

  const tell = (row, state, detail = {}) => row.dispatchEvent(new CustomEvent("upload:told", { bubbles: true, detail: { ...detail, state } }));

  const ask = (row, picker, method, url, body, headers = {}) => new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.timeout = 30000;
    const token = picker.dataset.csrf || picker.closest("form").elements.csrfmiddlewaretoken.value;
    Object.entries({ Accept: "application/json", "X-CSRFToken": token, ...headers }).forEach((pair) => request.setRequestHeader(...pair));
    if (method === "PUT") request.upload.onprogress = (event) => tell(row, "sending", { sent: Number(headers["Upload-Offset"]) + event.loaded });
    request.onloadend = () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* a page instead of an answer */ }
      if (answer.csrf) picker.dataset.csrf = answer.csrf;
      resolve({ status: request.status, answer });
    };
    // a beginning is let run: the server may have it already, and what it made is then erased (watch.js waits for row.begins)
    if (method !== "POST") row.addEventListener("upload:stop", () => request.abort(), { once: true });
    request.send(body);
  });

  const transfer = async (row, file) => {
    const [picker, id] = [row.closest("[data-begin]"), identity()];
    const form = picker.closest("form");
    const fields = new URLSearchParams({ id, name: file.name, size: file.size, draft_token: form.elements.draft_token.value });
    const url = `${picker.dataset.begin}${id}/`;
    row.dataset.url = url;
    row.querySelector("[name=remove]").value = id;
    let [at, isSure, size, failures, refusals, doors] = [null, false, FIRST, 0, 0, 0];
    while (!row.hidden) {
      const began = Date.now();
      const isChunk = at !== null && isSure;
      const [method, where, body, headers] = isChunk ? ["PUT", url, file.slice(at, at + size), { "Upload-Offset": String(at) }]
        : at === null ? ["POST", picker.dataset.begin, fields] : ["GET", url];
      const asked = (at === null ? turn : Promise.resolve()).then(() => (row.hidden ? null : ask(row, picker, method, where, body, headers)));
      if (at === null) turn = row.begins = asked;
      const told = await asked;
      if (!told || row.hidden) return;
      const { status, answer } = told;
      if (answer.state && answer.state !== "receiving") { tell(row, answer.state, answer); return; }
      if (answer.state) {
        if (isChunk && status === 200 && Date.now() - began < 2000) size = Math.min(answer.chunk_max, size * 2);
        [at, isSure, failures, refusals, doors] = [answer.received, true, 0, 0, 0];
        tell(row, "sending", { sent: at });
      } else if (BROKEN.includes(status)) {
        [isSure, size, failures] = [false, Math.max(LEAST, Math.floor(size / 2)), failures + 1];
        tell(row, "waiting", answer);
        await pause(row, Math.min(15, 2 ** failures / 4));
      } else if ((status === 401 && !form.hasAttribute("data-held")) || status === 429) {
        [isSure, doors] = [false, doors + 1];
        tell(row, "waiting", answer);
        await pause(row, Math.min(60, answer.retry_after || 5 * 2 ** (doors - 1)));
      } else if (status === 403 && refusals < 3) {
        [isSure, refusals] = [false, refusals + 1];
        await ask(row, picker, "GET", url); // signed in anew since: any answer brings a fresh token
      } else {
        const isBack = [401, 404, 405].includes(status) || (status < 500 && !answer.message);
        tell(row, status === 422 ? "refused" : "failed", { ...answer, file, isBack });
        return;
      }
    }
  };

  document.addEventListener("upload:go", (event) => { event.detail.done = transfer(event.target, event.detail.file); });
})();
