// The icon of Autonax Support on the pages of a host. docs/host.md says how it is put there.
// It stands alone and keeps nothing in the browser; what it shows lives in a shadow root of its own.
(() => {
  const tag = document.currentScript || document.querySelector('script[src*="/companion.js"]');
  if (document.querySelector("autonax-companion")) return;
  const site = new URL(tag.src).origin;
  const tokenUrl = tag.dataset.tokenUrl;
  const summaryTokenUrl = tag.dataset.summaryTokenUrl || tokenUrl;
  const WORDS = {
    icon: "پشتیبانی همراه",
    failed: "پشتیبانی همراه باز نشد. صفحه را تازه کنید و دوباره آن را بزنید.",
    fresh: "مورد تازه",
    answer: "پاسخ تازه برای شما",
    case: "پرونده جاری",
    same: "با شماره پیگیری همین پرونده",
  };
  const ITEMS = [
    ["new", "ثبت تیکت جدید", "M12 5v14M5 12h14"],
    ["inbox", "مشاهده صندوق پیام", "M3.5 13.5h5l1.4 2.8h4.2l1.4-2.8h5M6 5h12l2.5 8.5V18a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18v-4.5z"],
    ["announcements", "نمایش اطلاعیه‌ها و پیغام‌ها", "M4 10v4a1 1 0 0 0 1 1h2.5l9 4.2V4.8L7.5 9H5a1 1 0 0 0-1 1zM8 15.2l1 4.3h2.4l-.9-3.2M19.5 9.7a3.3 3.3 0 0 1 0 4.6"],
  ];
  const PATIENCE = 15e3, EVERY = 3e5, NOT_BEFORE = 3e3; // milliseconds
  const STYLES = `
:host{all:initial!important;direction:rtl!important}
@media print{:host{display:none!important}}
.box{--a:#0a6876;--ink:#141c1f;--soft:#566267;--line:#dfe5e6;--fill:#fff;--hover:#ebeff0;--bad:#a5281a;position:fixed;inset-block-end:20px;inset-inline-end:20px;z-index:2147483000;direction:rtl;font:400 15px/1.6 Vazirmatn,Tahoma,"Segoe UI",sans-serif;color:var(--ink)}
@media (prefers-color-scheme:dark){.box{--a:#5fc3d0;--ink:#e9eeef;--soft:#a3b0b4;--line:#2c3a3f;--fill:#172125;--hover:#223035;--bad:#ff9d8f}}
*{box-sizing:border-box;margin:0}
[hidden]{display:none!important}
button{font:inherit;color:inherit;text-align:start;cursor:pointer;border:0;background:none}
.icon{display:flex;align-items:center;gap:8px;min-block-size:48px;padding-block:4px;padding-inline:8px 14px;border:1px solid #3b565c;border-radius:32px;background:#0d2a30;color:#fff;font-weight:600;font-size:14px;box-shadow:0 4px 16px rgb(0 0 0/.25)}
.icon svg{inline-size:32px;block-size:32px}
button:focus-visible{outline:3px solid var(--a);outline-offset:2px}
.badge{display:inline-grid;place-items:center;min-inline-size:22px;block-size:22px;padding-inline:4px;border-radius:16px;background:#f8c62b;color:#1d1806;font-size:13px;font-weight:700;line-height:1}
.panel{position:absolute;inset-inline-end:0;inset-block-end:calc(100% + 10px);inline-size:320px;max-inline-size:calc(100vw - 40px);padding:8px;background:var(--fill);border:1px solid var(--line);border-radius:14px;box-shadow:0 12px 40px rgb(0 0 0/.22)}
.case{padding:8px 12px 10px;margin-block-end:6px;border-block-end:1px solid var(--line);color:var(--soft);font-size:13px;overflow-wrap:anywhere}
.case b{display:block;color:var(--ink);font-weight:600;font-size:14px}
.item{display:grid;grid-template-columns:22px minmax(0,1fr) auto;gap:0 12px;align-items:center;inline-size:100%;min-block-size:52px;padding:6px 12px;border-radius:10px}
.item:hover{background:var(--hover)}
.item svg{inline-size:22px;block-size:22px;color:var(--a);fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}
.item b{display:block;font-weight:600}
small{display:block;color:var(--soft);font-size:13px}
[aria-busy=true]{opacity:.6}
.failed{color:var(--bad);font-size:14px}
.failed:not(:empty){padding:8px 12px}
.say{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}`;

  const make = (name, attributes, ...inside) => {
    const element = document.createElementNS(`http://www.w3.org/${/^(svg|path)$/.test(name) ? "2000/svg" : "1999/xhtml"}`, name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    element.append(...inside);
    return element;
  };
  const draw = (size, paths) => make("svg", { viewBox: `0 0 ${size} ${size}`, "aria-hidden": "true" }, ...paths.map((path) => make("path", path)));
  const persian = (number) => (number > 99 ? "۹۹+" : String(number).replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]));

  const badge = (words) => {
    const number = make("span"), whole = make("span", { class: "badge", hidden: "" }, number, make("span", { class: "say" }, ` ${words}`));
    return { whole, show: (count) => ((number.textContent = persian(count)), (whole.hidden = !count)) };
  };
  const counts = { icon: badge(WORDS.fresh), inbox: badge(WORDS.answer), announcements: badge(WORDS.fresh) };
  const mark = draw(32, [
    { fill: "#f8c62b", d: "M7 3h18a5 5 0 0 1 5 5v11a5 5 0 0 1-5 5H15l-6.5 6v-6H7a5 5 0 0 1-5-5V8a5 5 0 0 1 5-5z" },
    { fill: "#1d1806", d: "M8 9.5h4v4H8zM16 9.5h4v4h-4zM12 13.5h4v4h-4zM20 13.5h4v4h-4z" },
  ]);
  const icon = make("button", { class: "icon", type: "button", "aria-haspopup": "menu", "aria-expanded": "false" }, mark, WORDS.icon, counts.icon.whole);
  const items = ITEMS.map(([target, words, line]) => {
    const text = make("span", {}, make("b", {}, words));
    if (tag.dataset.case && target === "new") text.append(make("small", {}, WORDS.same));
    const item = make("button", { class: "item", type: "button", role: "menuitem", tabindex: "-1" }, draw(24, [{ d: line }]), text);
    if (counts[target]) item.append(counts[target].whole);
    item.addEventListener("click", () => go(target, item));
    return item;
  });
  const menu = make("div", { role: "menu", "aria-label": WORDS.icon }, ...items);
  const failed = make("p", { class: "failed", role: "alert" });
  const panel = make("div", { class: "panel", hidden: "" }, menu, failed);
  if (tag.dataset.case) panel.prepend(make("p", { class: "case" }, WORDS.case, make("b", { dir: "auto" }, tag.dataset.case)));
  const box = make("div", { class: "box", lang: "fa" }, panel, icon);
  const root = make("autonax-companion");

  const open = (item) => {
    panel.hidden = false;
    failed.textContent = "";
    icon.setAttribute("aria-expanded", "true");
    items.at(item).focus();
    refresh();
  };
  const close = (back) => {
    if (panel.hidden) return;
    panel.hidden = true;
    icon.setAttribute("aria-expanded", "false");
    if (back) icon.focus();
  };

  const ask = async (address, options) => {
    const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  };
  const token = async (url, target) => {
    const address = new URL(url, document.baseURI);
    address.searchParams.set("target", target);
    const { token } = await ask(address, { credentials: "same-origin" });
    if (typeof token !== "string" || !token) throw new Error("no token");
    return token;
  };

  // Opens within the click, or it is blocked; the form is the tab's own: no address of the host goes along.
  const go = async (target, item) => {
    if (item.getAttribute("aria-busy")) return;
    const tab = window.open("about:blank");
    item.setAttribute("aria-busy", "true");
    failed.textContent = "";
    try {
      const value = await token(tokenUrl, target), page = tab ? tab.document : document;
      const form = page.createElement("form"), field = page.createElement("input");
      Object.assign(form, { method: "post", action: `${site}/launch/`, hidden: true });
      Object.assign(field, { type: "hidden", name: "token", value });
      if (!tab) Object.assign(form, { target: "_blank", rel: "noopener noreferrer" });
      form.append(field);
      page.body.append(form);
      if (tab) tab.opener = null;
      form.submit();
      if (!tab) form.remove();
      close(true);
    } catch {
      if (tab) tab.close();
      failed.textContent = WORDS.failed;
    } finally {
      item.removeAttribute("aria-busy");
    }
  };

  let asked = 0;
  const refresh = async () => {
    if (document.hidden || Date.now() - asked < NOT_BEFORE) return;
    asked = Date.now();
    try {
      const value = await token(summaryTokenUrl, "summary");
      const unread = await ask(`${site}/launch/summary/`, { headers: { Authorization: `Bearer ${value}` }, credentials: "omit", referrerPolicy: "no-referrer" });
      counts.inbox.show(unread.unread_answers);
      counts.announcements.show(unread.unread_announcements);
      counts.icon.show(unread.unread_answers + unread.unread_announcements);
    } catch {} // the next round asks again
  };

  const KEYS = { ArrowDown: (at) => at + 1, ArrowUp: (at) => at - 1, Home: () => 0, End: () => -1 };
  menu.addEventListener("keydown", (event) => {
    const step = KEYS[event.key];
    if (!step) return;
    event.preventDefault();
    items.at(step(items.indexOf(event.target)) % items.length).focus();
  });
  icon.addEventListener("click", () => (panel.hidden ? open(0) : close(true)));
  icon.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    open(event.key === "ArrowUp" ? -1 : 0);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || (event.key === "Tab" && event.target !== icon)) close(true);
  });
  document.addEventListener("pointerdown", (event) => event.composedPath().includes(root) || close(false));
  document.addEventListener("visibilitychange", refresh);
  setInterval(refresh, EVERY);

  const begin = () => {
    const shadow = root.attachShadow({ mode: "open" }), sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(box);
    document.documentElement.append(root); // no style of the body reaches it
    refresh();
  };
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
})();
