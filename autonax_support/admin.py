"""Background jobs at the desk, here because only the project knows what each kind is called."""

import json
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html

from autonax_support.accounts.kept import KeptAdmin, record
from autonax_support.accounts.keyset import KeysetChangeList
from autonax_support.accounts.models import AuditVerb
from autonax_support.notices.models import Job
from autonax_support.persian.text import to_persian_digits
from autonax_support.work import TASKS


@admin.register(Job)
class JobAdmin(KeptAdmin):
    change_list_template = "admin/accounts/auditentry/change_list.html"
    list_display = ["what", "state", "tries", "steps", "created_at", "run_at", "failure"]
    list_filter = ["state"]
    list_per_page = 50
    sortable_by = []
    actions = ["try_again"]
    fields = readonly_fields = ["what", "state", "tries", "steps", "created_at", "run_at", "holder", "finished_at", "failure", "details"]

    class Media:
        js = ["js/admin-numbers.js"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[KeysetChangeList]:
        return KeysetChangeList

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def has_revive_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("notices.change_job")

    @admin.action(description="تلاش دوباره", permissions=["revive"])
    def try_again(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        at = timezone.now()
        revived = [job for job in chosen.filter(state=Job.State.DEAD) if job.revive(at=at)]
        for job in revived:
            record(AuditVerb.CHANGED, request, job, before={"state": Job.State.DEAD}, after={"state": Job.State.QUEUED})
        if revived:
            messages.success(request, f"{to_persian_digits(len(revived))} کار دوباره در صف گذاشته شد.")
        else:
            messages.warning(request, "فقط کار ناموفق دوباره در صف گذاشته می‌شود.")

    @admin.display(description="کار")
    def what(self, job: Job) -> str:
        return TASKS[job.kind].title if job.kind in TASKS else _code(job.kind)

    @admin.display(description="تلاش‌ها")
    def tries(self, job: Job) -> str:
        return to_persian_digits(job.attempts)

    @admin.display(description="پیشرفت")
    def steps(self, job: Job) -> str:
        return to_persian_digits(f"{job.done} از {job.total}") if job.total else "-"

    @admin.display(description="در دست")
    def holder(self, job: Job) -> str:
        return _code(job.leased_by)

    @admin.display(description="آخرین خطا")
    def failure(self, job: Job) -> str:
        return _code(job.error)

    @admin.display(description="داده")
    def details(self, job: Job) -> str:
        return format_html('<pre dir="ltr">{}</pre>', json.dumps(job.payload, ensure_ascii=False, indent=2))


def _code(text: str) -> str:
    return format_html('<bdi dir="ltr">{}</bdi>', text) if text else "-"
