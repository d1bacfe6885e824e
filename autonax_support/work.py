"""What the worker does: which function does which kind of job, and what is done again and again without being asked for.

Each function takes `(job, at)` and is idempotent: after a crash or a lost lease a job runs a second time (see `notices/jobs.py`). What it
cannot do now it leaves with `TryLater`; whatever else it raises counts as a failed attempt. A new kind needs a line in TASKS, with its
name for the desk; a periodic one also a line in EVERY. A kind that is out stays: rows of it may be waiting.
"""

from datetime import timedelta
from typing import NamedTuple

from autonax_support.notices.jobs import Worker


class Task(NamedTuple):
    path: str
    title: str


TASKS = {
    "check_upload": Task("tickets.uploads.check_upload", "بررسی فایل"),
    "scan_waiting": Task("tickets.scanning.scan_waiting", "یافتن فایل‌های ویروس‌یابی‌نشده"),
    "scan_attachment": Task("tickets.scanning.scan_attachment", "ویروس‌یابی فایل"),
    "sweep_uploads": Task("autonax_support.sweeping.sweep_uploads", "پاک کردن بارگذاری‌های ناتمام"),
    "sweep_objects": Task("autonax_support.sweeping.sweep_objects", "پاک کردن فایل‌های بی‌صاحب"),
    "sweep_drafts": Task("tickets.sweeping.sweep_drafts", "پاک کردن پیش‌نویس‌های رهاشده"),
    "sweep_counts": Task("autonax_support.sweeping.sweep_counts", "پاک کردن شمارش‌های گذشته"),
    "sweep_launches": Task("autonax_support.sweeping.sweep_launches", "پاک کردن لینک‌های ورود گذشته"),
    "sweep_sessions": Task("autonax_support.sweeping.sweep_sessions", "پاک کردن نشست‌های تمام‌شده"),
    "bulk": Task("tickets.bulk.run", "کار گروهی روی تیکت‌ها"),
    "bulk_undo": Task("tickets.bulk.run_undo", "برگرداندن کار گروهی"),
    "sweep_batches": Task("tickets.bulk.sweep_batches", "پاک کردن کارهای گروهی گذشته"),
    "reschedule": Task("tickets.rescheduling.reschedule", "جابه‌جایی مهلت‌های پاسخ"),
    "watch_promises": Task("tickets.watching.watch_promises", "پایش مهلت‌های پاسخ"),
    "close_quiet": Task("tickets.quiet.close_quiet", "بستن خودکار تیکت‌های بی‌پاسخ‌مانده"),
    "digest_queues": Task("tickets.digesting.digest_queues", "خلاصه تیکت‌های جدید بدون کارشناس"),
    "retain": Task("autonax_support.privacy.retention.retain", "پاک کردن آنچه از مدت نگهداری گذشته است"),
    "sweep_jobs": Task("autonax_support.sweeping.sweep_jobs", "پاک کردن کارهای انجام‌شده"),
    "sweep_deliveries": Task("autonax_support.sweeping.sweep_deliveries", "پاک کردن ارسال‌های انجام‌شده"),
    "sweep_notices": Task("autonax_support.sweeping.sweep_notices", "پاک کردن اعلان‌های گذشته"),
    "announce_due": Task("announcements.notices.announce_due", "یافتن اطلاعیه‌های تازه‌منتشرشده"),
    "announce": Task("announcements.notices.announce", "اعلان اطلاعیه به دفترها"),
}
EVERY = {
    "watch_promises": timedelta(minutes=1),
    "announce_due": timedelta(minutes=1),
    "scan_waiting": timedelta(minutes=10),
    "digest_queues": timedelta(minutes=30),
    "close_quiet": timedelta(hours=1),
    "sweep_uploads": timedelta(hours=1),
    "sweep_counts": timedelta(hours=1),
    "sweep_launches": timedelta(hours=1),
    "sweep_objects": timedelta(days=1),
    "sweep_drafts": timedelta(days=1),
    "sweep_batches": timedelta(days=1),
    "sweep_sessions": timedelta(days=1),
    "retain": timedelta(days=1),
    "sweep_jobs": timedelta(days=1),
    "sweep_deliveries": timedelta(days=1),
    "sweep_notices": timedelta(days=1),
}
TELL = "autonax_support.telling.tell"  # what a notice says to whom it is sent; it leaves out what it does not know


def worker(**options: object) -> Worker:
    return Worker({kind: task.path for kind, task in TASKS.items()}, EVERY, tell=TELL, **options)
