// Files that are to go up («upload:start») wait for their turn: two at a time, each made ready first («upload:prepare»), then sent («upload:go»).
(() => {
  const AT_ONCE = 2;
  const line = [];
  let running = 0;

  const send = (row, name, detail) => row.dispatchEvent(new CustomEvent(`upload:${name}`, { bubbles: true, detail }));

  const work = async ({ row, file, isOriginal }) => {
    if (row.hidden) return;
    const prepared = { file, ready: file };
    if (!isOriginal) {
      send(row, "told", { state: "preparing" });
      send(row, "prepare", prepared);
    }
    const ready = await prepared.ready;
    if (row.hidden) return;
    send(row, "told", { state: "sending", sent: 0, size: ready.size, isShrunk: ready !== file });
    const sending = { file: ready };
    send(row, "go", sending);
    await sending.done;
  };

  const next = () => {
    for (; running < AT_ONCE && line.length; running += 1) work(line.shift()).finally(() => { running -= 1; next(); });
  };

  document.addEventListener("upload:start", (event) => {
    line.push({ row: event.target, ...event.detail });
    send(event.target, "told", { state: "queued" });
    next();
  });
})();
