// Tabs ([data-tabs]) that scroll sideways on a phone begin where the current one is seen.
document.querySelectorAll("[data-tabs] [aria-current]").forEach((tab) => {
  const tabs = tab.closest("[data-tabs]");
  const [one, all] = [tab, tabs].map((part) => part.getBoundingClientRect());
  tabs.scrollBy((one.left + one.right - all.left - all.right) / 2, 0);
});
