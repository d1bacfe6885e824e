"""What Kaveh has told the offices: pinned, urgent, to be confirmed, ended, planned, and not yet out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from announcements.models import Announcement
from autonax_support.accounts.models import User
from autonax_support.demo.clock import moment

INFO, IMPORTANT, URGENT = Announcement.Level.INFO, Announcement.Level.IMPORTANT, Announcement.Level.URGENT


@dataclass(frozen=True)
class Told:
    """`at` empty: a draft. `planned`, `ends`: in so many hours from now, or ago if below zero."""

    title: str
    body: str
    at: str = ""
    level: str = INFO
    kind: str = Announcement.Kind.BROADCAST
    pinned: bool = False
    confirm: bool = False
    planned: int | None = None
    ends: int | None = None
    read_by: tuple[str, ...] = ()
    confirmed_by: tuple[str, ...] = ()


ANNOUNCEMENTS = [
    Told(
        "راهنمای ثبت تیکت",
        "برای گزارش مشکل، **تیکت** ثبت کنید و از تماس تلفنی غیرضروری خودداری کنید.\n\n"
        "## پیش از ثبت\n\n- شماره پیگیری پرونده را آماده کنید.\n- اگر مشکل در چند پرونده تکرار شده است، ۳ نمونه بنویسید.\n"
        "- در پرونده خرید و فروش، کد ملی خریدار و فروشنده را در متن پیام بنویسید.\n\n"
        "## پس از ثبت\n\nپاسخ در «صندوق پیام» می‌آید. اگر کافی نبود، زیر همان پاسخ بنویسید؛ تیکت تازه لازم نیست.",
        at="58 9:00", pinned=True, read_by=("sara", "reza", "leila", "neda", "omid", "mina"),
    ),
    Told(
        "تعرفه جدید عوارض پروانه",
        "تعرفه عوارض صدور و تمدید پروانه تاکسیرانی از ابتدای این ماه تغییر کرد.\n\n"
        "1. پرونده‌هایی که پیش از آن تشکیل شده است با تعرفه قبل محاسبه می‌شود.\n"
        "2. پس از تغییر نوع فعالیت، عوارض دوباره محاسبه می‌شود.\n\n"
        "همه کاربران دفتر این اطلاعیه را بخوانند و آگاهی خود را اعلام کنند.",
        at="33 10:30", level=IMPORTANT, confirm=True, read_by=("sara", "reza", "leila", "neda"), confirmed_by=("sara", "leila"),
    ),
    Told(
        "نسخه ۴٫۱ اتوناکس",
        "نسخه جدید اتوناکس روی همه دفترها نصب شد. تغییرهای مهم آن:\n\n"
        "- استعلام معاینه فنی در همان صفحه پرونده انجام می‌شود.\n- چاپ کارت هوشمند از Evolis Primacy 2 پشتیبانی می‌کند.\n"
        "- جستجوی پلاک با هر شکل نوشتن کار می‌کند.",
        at="17 13:15", read_by=("sara", "reza", "mina"),
    ),
    Told(
        "دوره آموزشی برخط کاربران جدید",
        "دوره مقدماتی یکشنبه هر هفته از ساعت ۹:۰۰ تا ۱۲:۰۰ برگزار می‌شود. برای ثبت نام، تیکتی به واحد آموزش بفرستید.",
        at="9 11:00", read_by=("leila",),
    ),
    Told(
        "درخواست همکاری دفترهای دارای چاپگر Zebra",
        "برای آزمون قالب تازه برچسب، مدل چاپگر و اندازه برچسب خود را با تیکت به واحد پشتیبانی فنی اعلام کنید.",
        at="5 9:40", kind=Announcement.Kind.NAMED, read_by=("sara",),
    ),
    Told(
        "قطعی سرویس استعلام معاینه فنی",
        "سرویس استعلام معاینه فنی از حدود یک ساعت پیش پاسخ نمی‌دهد و پیگیری می‌شود.\n\n"
        "**نیازی به ثبت تیکت برای هر پرونده نیست.** با برقرار شدن سرویس، همین‌جا اعلام می‌شود.",
        at="24m", level=URGENT, read_by=("reza", "omid"),
    ),
    Told(
        "به‌روزرسانی سامانه در شب جمعه",
        "سامانه از ساعت ۲۳:۰۰ پنجشنبه تا ۱:۰۰ بامداد در دسترس نبود.",
        at="22 12:00", level=IMPORTANT, ends=-18 * 24, read_by=("sara", "neda"),
    ),
    Told(
        "تغییر نشانی ورود به سامانه",
        "نشانی ورود از هفته آینده تغییر می‌کند. نشانی قبل تا پایان ماه کار می‌کند.",
        level=IMPORTANT, confirm=True, planned=72,
    ),
    Told("برنامه ساعت کاری پشتیبانی در تعطیلات", "پیش‌نویس؛ ساعت‌های کاری پس از تأیید نهایی نوشته شود."),
]  # fmt: skip


def announce(people: dict[str, User], now: datetime) -> None:
    for told in ANNOUNCEMENTS:
        _announce(told, people, now)


def _announce(told: Told, people: dict[str, User], now: datetime) -> None:
    written = moment(told.at, now) if told.at else now - timedelta(hours=3)
    announcement = Announcement.objects.create(
        kind=told.kind,
        level=told.level,
        title=told.title,
        body=told.body,
        pinned=told.pinned,
        needs_confirmation=told.confirm,
        expires_at=_in_hours(told.ends, now),
        author=people["kaveh"],
        created_at=written,
    )
    if told.at or told.planned:
        announcement.publish(by=people["kaveh"], at=written, on=_in_hours(told.planned, now))
    for place, username in enumerate(told.read_by, start=1):
        announcement.read(by=people[username], at=written + (now - written) * place / 20)
    for place, username in enumerate(told.confirmed_by, start=1):
        announcement.confirm(by=people[username], at=written + (now - written) * place / 19)


def _in_hours(hours: int | None, now: datetime) -> datetime | None:
    return None if hours is None else now + timedelta(hours=hours)
