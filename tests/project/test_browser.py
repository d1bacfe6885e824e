"""The sign-in page in a real browser: nothing missing, nothing refused by the policy, nothing asked of anybody else."""

import pytest


@pytest.mark.parametrize("width", [360, 1280])
def test_the_sign_in_page_is_whole(pages, site, width):
    page = pages(width=width)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/accounts/login/", wait_until="networkidle")
    assert [address for address in asked if not address.startswith(site)] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["fa", "rtl"]


def test_the_demo_s_header_rules_hold_in_the_browser_too(pages):
    page = pages()
    page.faults.expected.append("status of 404")
    assert page.goto("/nowhere").status == 404
