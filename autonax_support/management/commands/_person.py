"""Whom a command is about: one user, or one citizen by national ID."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from autonax_support.accounts.models import User
from autonax_support.privacy.citizens import as_national_id

NAMES = {
    "tickets": "تیکت · tickets",
    "messages": "پیام · messages",
    "ratings": "امتیاز · ratings",
    "drafts": "پیش‌نویس · drafts",
    "uploads": "فایل در راه · uploads",
    "announcements": "اطلاعیه · announcements",
    "receipts": "رسید خواندن · receipts",
    "notices": "اعلان · notices",
    "channels": "راه خبررسانی · ways of being told",
    "deliveries": "ارسال اعلان · deliveries",
    "deeds": "رویداد · deeds",
    "audit": "رویداد سامانه · audit entries",
    "audit_entries": "رویداد سامانه · audit entries",
    "sessions": "نشست · sessions",
    "texts": "متن · texts",
    "files": "فایل · files",
}


def add_whom(parser: ArgumentParser) -> None:
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument("--user", metavar="NAME", help="user name of a clerk or an expert")
    whom.add_argument("--national-id", metavar="DIGITS", help="national ID of a citizen, in Persian or Latin digits")


def the_user(options: dict[str, Any]) -> User | None:
    """None when the command is about a citizen."""
    return named(options["user"]) if options["user"] else None


def named(username: str) -> User:
    try:
        return User.objects.get_by_natural_key(username)
    except User.DoesNotExist:
        raise CommandError("کاربری با این نام کاربری نیست.\nThere is no user of this name.") from None


def the_number(options: dict[str, Any]) -> str:
    try:
        return as_national_id(options["national_id"])
    except ValueError:
        raise CommandError("شماره ملی ۱۰ رقم است.\nA national ID has ten digits.") from None


def lines(counts: dict[str, int]) -> str:
    return "\n".join(f"  {count:>8}  {NAMES[kind]}" for kind, count in counts.items())
