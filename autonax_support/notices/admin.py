"""What is on its way by e-mail and SMS, and who carries it. An address is personal data: it is shown masked."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html

from autonax_support.accounts.kept import KeptAdmin, record
from autonax_support.accounts.keyset import KeysetChangeList
from autonax_support.accounts.models import AuditVerb
from autonax_support.notices.models import Delivery, WorkerBeat
from autonax_support.persian.text import to_persian_digits


class ReadOnly(KeptAdmin):
    sortable_by = []

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    change_list_template = "admin/accounts/auditentry/change_list.html"
    list_per_page = 50
    list_display = ["number", "channel", "to", "state", "tries", "failure", "run_at", "sent_at"]
    list_filter = ["state", "channel"]
    actions = ["send_again"]
    fields = readonly_fields = [
        "number",
        "channel",
        "to",
        "about",
        "state",
        "tries",
        "failure",
        "run_at",
        "expires_at",
        "sent_at",
        "holder",
    ]

    class Media:
        js = ["js/admin-numbers.js"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[KeysetChangeList]:
        return KeysetChangeList

    def has_revive_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("notices.change_delivery")

    @admin.action(description="ارسال دوباره", permissions=["revive"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> None:
        at = timezone.now()
        revived = [delivery for delivery in chosen.filter(state__in=Delivery.UNSENT) if delivery.revive(at=at)]
        for delivery in revived:
            record(AuditVerb.CHANGED, request, delivery, before={"state": delivery.state}, after={"state": Delivery.State.QUEUED})
        if revived:
            messages.success(request, f"{to_persian_digits(len(revived))} پیام دوباره در صف ارسال گذاشته شد.")
        else:
            messages.warning(request, "فقط آنچه فرستاده نشده است و گیرنده‌اش نشانی دارد، دوباره در صف گذاشته می‌شود.")

    @admin.display(description="شماره")
    def number(self, delivery: Delivery) -> str:
        return to_persian_digits(delivery.pk)

    @admin.display(description="نشانی")
    def to(self, delivery: Delivery) -> str:
        return _code(masked(delivery.target))

    @admin.display(description="اعلان‌ها")
    def about(self, delivery: Delivery) -> str:
        return "، ".join(to_persian_digits(notice) for notice in delivery.notices.order_by("pk")) or "-"

    @admin.display(description="تلاش‌ها")
    def tries(self, delivery: Delivery) -> str:
        return to_persian_digits(delivery.attempts)

    @admin.display(description="آخرین خطا")
    def failure(self, delivery: Delivery) -> str:
        return _code(delivery.error)

    @admin.display(description="در دست")
    def holder(self, delivery: Delivery) -> str:
        return _code(delivery.leased_by)


@admin.register(WorkerBeat)
class WorkerBeatAdmin(ReadOnly):
    list_display = ["who", "health", "began_at", "seen_at"]
    ordering = ["-seen_at", "name"]
    fields = readonly_fields = ["who", "health", "began_at", "seen_at"]

    @admin.display(description="پردازشگر")
    def who(self, beat: WorkerBeat) -> str:
        return _code(beat.name)

    @admin.display(description="وضعیت")
    def health(self, beat: WorkerBeat) -> str:
        return "در حال کار" if beat.is_alive(timezone.now()) else "بی‌خبر"


def masked(target: str) -> str:
    """`s***@example.ir`, `0912*****67`: enough to tell two people apart for who knows both."""
    name, at, host = target.rpartition("@")
    if at:
        return f"{name[:1]}***@{host}"
    return f"{target[:4]}*****{target[-2:]}" if len(target) > 7 else "*" * len(target)


def _code(text: str) -> str:
    return format_html('<bdi dir="ltr">{}</bdi>', text) if text else "-"
