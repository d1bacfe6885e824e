"""The codes of a ticket and how they read on the screen (the guide's words for the statuses)."""

from django.db import models


class Status(models.TextChoices):
    NEW = "new", "جدید"
    READ = "read", "خوانده شده"
    ANSWERED = "answered", "پاسخ داده شده پشتیبان"
    FOLLOWED_UP = "followed_up", "پاسخ داده شده کاربر"
    IN_DEVELOPMENT = "in_development", "در دست توسعه"
    CLOSED = "closed", "بسته شده"


class Priority(models.TextChoices):
    NORMAL = "normal", "عادی"
    URGENT = "urgent", "فوری"


class CaseKind(models.TextChoices):
    NONE = "none", "بدون پرونده"
    ASSISTANT = "assistant", "پرونده کمکی"
    TRADE = "trade", "پرونده خرید و فروش"
    OTHER = "other", "پرونده"


class ClosedReason(models.TextChoices):
    SOLVED = "solved", "مشکل برطرف شد"
    GUIDED = "guided", "راهنمایی انجام شد"
    DUPLICATE = "duplicate", "تکراری است"
    NO_ANSWER = "no_answer", "پاسخی از دفتر نرسید"
    ELSEWHERE = "elsewhere", "به پشتیبانی مربوط نیست"
    OTHER = "other", "دلیل دیگر"
    BY_OFFICE = "by_office", "دفتر اعلام کرد مشکل حل شده است"
    QUIET = "quiet", "بستن خودکار"


BY_EXPERT = frozenset(set(ClosedReason) - {ClosedReason.BY_OFFICE, ClosedReason.QUIET})
