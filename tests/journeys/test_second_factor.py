"""Omid sets up the second factor and signs in with it, in a real browser; scripts add nothing that it needs."""

from base64 import b32decode

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from autonax_support.accounts.models import AuditEntry
from tests.accounts.otp import code_of
from tests.desk.reading import QUEUE
from tests.journeys.steps import press, sign_in


def phone(page) -> TOTPDevice:
    """The key typed into an app, from what the page shows."""
    secret = page.locator(".otp-key").inner_text().replace(" ", "")
    return TOTPDevice(key=b32decode(secret).hex())


def sign_in_anew(page) -> None:
    page.context.clear_cookies()
    page.goto("/")
    sign_in(page, "omid")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_from_the_account_page_to_the_first_sign_in_with_a_code(pages, omid, scripts):
    page = pages(java_script_enabled=scripts)
    sign_in(page, "omid")
    page.goto("/accounts/me/")
    page.get_by_role("link", name="فعال‌سازی ورود دومرحله‌ای").click()
    assert page.get_by_role("img", name="کد QR فعال‌سازی").is_visible()
    page.fill("[name=code]", code_of(phone(page)))
    press(page, "تأیید و فعال‌سازی")
    codes = page.locator(".otp-codes li").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="کدها را نگه داشتم، ادامه").click()
    page.wait_for_url("**/admin/")

    sign_in_anew(page)
    page.wait_for_url("**/accounts/otp/**")
    page.fill("[name=code]", "۰۰۰۰۰۰")
    press(page, "تأیید و ورود")
    assert "این کد پذیرفته نشد" in page.inner_text("main")
    TOTPDevice.objects.update(throttling_failure_timestamp=None)  # the wait is over
    page.fill("[name=code]", code_of(TOTPDevice.objects.get(), steps=1))
    press(page, "تأیید و ورود")
    page.wait_for_url("**/admin/")

    sign_in_anew(page)
    page.get_by_role("link", name="ورود با کد بازیابی").click()
    page.fill("[name=code]", codes[3])
    press(page, "تأیید و ورود")
    assert "۹ کد بازیابی مانده است" in page.locator("body").inner_text()
    told = ["otp_on", "otp_failed", "otp_recovery"]
    assert list(AuditEntry.objects.filter(verb__startswith="otp").order_by("id").values_list("verb", flat=True)) == told


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_where_it_is_required_the_first_sign_in_leads_through_the_set_up(pages, omid, settings, scripts):
    settings.STAFF_OTP = "required"
    page = pages(java_script_enabled=scripts)
    page.goto(QUEUE)
    sign_in(page, "omid")
    page.wait_for_url("**/accounts/otp/**")
    page.goto(QUEUE)  # no way around it
    page.wait_for_url("**/accounts/otp/**")
    page.fill("[name=code]", code_of(phone(page)))
    press(page, "تأیید و فعال‌سازی")
    codes = page.locator(".otp-codes li").all_inner_texts()
    page.get_by_role("link", name="کدها را نگه داشتم، ادامه").click()
    page.wait_for_url(f"**{QUEUE}")

    press(page, "خروج")
    page.wait_for_url("**/accounts/out/")
    page.goto(QUEUE)
    sign_in(page, "omid")
    page.fill("[name=code]", code_of(TOTPDevice.objects.get(), steps=1))
    press(page, "تأیید و ورود")
    page.wait_for_url(f"**{QUEUE}")

    page.context.clear_cookies()
    page.goto(QUEUE)
    sign_in(page, "omid")
    page.get_by_role("link", name="ورود با کد بازیابی").click()
    page.fill("[name=code]", codes[0])
    press(page, "تأیید و ورود")
    page.wait_for_url(f"**{QUEUE}")
    assert "۹ کد بازیابی مانده است" in page.locator("body").inner_text()
