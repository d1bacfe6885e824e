"""What a page looks like to those who see it in the dark, on a phone, or not at all."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (360, 390, 768, 1024, 1280, 1600)
GRAVE = ("serious", "critical")
RUN = """options => axe.run(document, options).then(result => result.violations.map(
    found => [found.impact, `${found.id}: ${found.nodes.map(node => node.target.join(' ')).join(' | ')}`]))"""
WHOLE = {"resultTypes": ["violations"], "preload": False}  # axe would ask for our @imports beside the page
CONTRAST = WHOLE | {"runOnly": ["color-contrast"]}
SETTLED = "document.getAnimations().forEach(change => change.finish())"  # colours fade over
RING = """() => {
  const active = document.activeElement;
  const near = [active, active.nextElementSibling, active.parentElement, active.closest('.answer__box'),
                active.closest('[data-dropzone]')?.querySelector('.btn')];
  const drawn = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
  if (active === document.body) return ['the end', true];
  return [active.id || active.name || active.innerText.trim(),
          near.filter(Boolean).some(element => drawn(getComputedStyle(element)) || drawn(getComputedStyle(element, '::after')))];
}"""


def faults_of(page: Page) -> list[str]:
    """All that is wrong with the page that is open now; the page is left wide and light."""
    return grave_faults_of(page) + [f"{width} px: scrolls sideways to {right}" for width, right in _sideways(page)]


def grave_faults_of(page: Page) -> list[str]:
    """What axe finds in light and dark at the width of now."""
    faults = [] if page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["fa", "rtl"] else ["not fa, rtl"]
    page.evaluate(Axe().axe_script)
    faults += [f"light: {what}" for impact, what in page.evaluate(RUN, WHOLE) if impact in GRAVE]
    page.emulate_media(color_scheme="dark")
    page.evaluate(SETTLED)
    faults += [f"dark: {what}" for _, what in page.evaluate(RUN, CONTRAST)]
    page.emulate_media(color_scheme="light")
    page.evaluate(SETTLED)
    return faults


def reached_by_tab(page: Page, presses: int) -> dict[str, bool]:
    """What gets the focus by that many presses of Tab, and whether a ring shows it."""
    reached = {}
    for _ in range(presses):
        page.keyboard.press("Tab")
        name, is_visible = page.evaluate(RING)
        reached[name] = is_visible
    return reached


def _sideways(page: Page) -> list[tuple[int, int]]:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        right = page.evaluate("document.scrollingElement.scrollWidth")
        if right > page.evaluate("innerWidth"):
            found.append((width, right))
    page.set_viewport_size({"width": 1280, "height": 900})
    return found
