"""Settings that must not serve people: as Django checks for every command, and as a refusal for the web process."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.checks import Warning as Caution
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TAG = "autonax"
LOCAL = {"localhost", "127.0.0.1", "::1"}


@register(TAG)
def production_is_safe(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    if settings.DEMO:
        return []
    refused = {
        "DEBUG must be off": settings.DEBUG,
        "SECRET_KEY must be 50 random characters or more": _is_weak(settings.SECRET_KEY),
        "ALLOWED_HOSTS must not be *": "*" in settings.ALLOWED_HOSTS,
        "SITE_URL must be https": not settings.HTTPS and urlsplit(settings.SITE_URL).hostname not in LOCAL,
    }
    return [Error(f"{rule}.", id="autonax.E001") for rule, is_broken in refused.items() if is_broken]


@register(TAG)
def people_are_told_apart(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Not unsafe enough to stop a load test or a program that speaks TLS itself, but nothing to overlook."""
    if settings.DEMO:
        return []
    found = []
    if not settings.RATE_LIMIT_PERCENT:
        found.append(Caution("RATE_LIMIT_PERCENT is 0: nobody is ever asked to wait.", id="autonax.W002"))
    if settings.HTTPS and not settings.TRUSTED_PROXIES:
        hint = "Set it to the number of your own proxies; without one, everybody has the address of the proxy that speaks TLS."
        found.append(Caution("TRUSTED_PROXIES is 0 although SITE_URL is https.", hint=hint, id="autonax.W003"))
    return found


@register(TAG)
def people_are_told(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Without mail the bell is the only one to tell; a gateway for SMS is a site's own choice, but its key goes out on a closed line."""
    found: list[CheckMessage] = []
    if not settings.EMAIL_URL:
        found.append(Caution("EMAIL_URL is not set: nobody is told anything by e-mail.", id="autonax.W004"))
    parts = urlsplit(settings.SMS_URL)
    if parts.scheme == "http" and parts.hostname not in LOCAL:
        found.append(Error("SMS_URL must be https.", id="autonax.E007"))
    return found


@register(TAG)
def attachments_are_private(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    if settings.S3:
        return []
    private = Path(settings.ATTACHMENTS_ROOT).resolve()
    public = [Path(folder).resolve() for folder in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS)]
    if any(private.is_relative_to(folder) or folder.is_relative_to(private) for folder in public):
        return [Error("ATTACHMENTS_ROOT and the static files must not lie within each other.", id="autonax.E002")]
    return []


@register(TAG)
def attachments_have_one_home_and_one_way_out(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    is_readable_on_the_way = _is_open(settings.ATTACHMENTS_S3_ENDPOINT)
    refused = {
        "ATTACHMENTS_ROOT and ATTACHMENTS_S3_BUCKET must not both be set": settings.S3 and settings.ATTACHMENTS_ROOT,
        "ATTACHMENTS_ACCEL must not be set with ATTACHMENTS_S3_BUCKET": settings.S3 and settings.ATTACHMENTS_ACCEL,
        "ATTACHMENTS_S3_ENDPOINT must be https, or ATTACHMENTS_S3_LINKS off": settings.ATTACHMENTS_S3_LINKS and is_readable_on_the_way,
        "ATTACHMENTS_ACCEL needs nginx before the program, and TRUSTED_PROXIES to say so": settings.ATTACHMENTS_ACCEL
        and not settings.TRUSTED_PROXIES,
    }
    return [Error(f"{rule}.", id="autonax.E005") for rule, is_broken in refused.items() if is_broken]


@register(TAG)
def hosts_are_known_safely(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """What the file itself says is asked when it is read (accounts/launch/keys.py)."""
    if settings.DEMO or not settings.LAUNCH_KEYS:
        return []
    holds_secrets = any(key.is_shared for host in settings.LAUNCH_HOSTS.hosts for key in host.keys)
    refused = {
        "LAUNCH_KEYS holds a shared secret and must not be readable by everybody (chmod 0640)": holds_secrets
        and Path(settings.LAUNCH_KEYS).stat().st_mode & 0o007,
        "LAUNCH_KEYS: every origin must be https": any(_is_open(origin) for origin in settings.LAUNCH_HOSTS.origins),
    }
    return [Error(f"{rule}.", id="autonax.E008") for rule, is_broken in refused.items() if is_broken]


@register(TAG)
def texts_outlive_reopening(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """What a reply can still open again must not have lost its text."""
    days = {name: getattr(settings, name) for name in ("RETAIN_ATTACHMENTS_DAYS", "RETAIN_CLOSED_TEXT_DAYS")}
    return [
        Error(f"{name} must be 0 or more than REOPEN_DAYS.", id="autonax.E006")
        for name, kept in days.items()
        if 0 < kept <= settings.REOPEN_DAYS
    ]


@register(TAG)
def tehran_has_no_summer_time(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Iran gave it up in 1401; zone files from before that put every time of half the year one hour off."""
    offset = datetime(2026, 7, 1, tzinfo=UTC).astimezone(ZoneInfo("Asia/Tehran")).utcoffset()
    if offset.total_seconds() != 12600:
        hint = "Set PYTHONTZPATH to the empty string: then the tzdata package of requirements.txt is used."
        return [Error("The time zone files of this machine are from before 2022.", hint=hint, id="autonax.E003")]
    return []


@register(Tags.database)
def database_speaks_persian(app_configs: object, databases: list[str] | None, **kwargs: object) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for connection in (connections[alias] for alias in databases or []):
        if connection.vendor == "postgresql":
            found += _postgresql(connection)
    return found


def refuse_unsafe_start() -> None:
    """For the web process, which runs no checks by itself: raises with all that is wrong."""
    wrong = [message.msg for message in run_checks(tags=[TAG]) if message.is_serious()]
    if wrong:
        raise ImproperlyConfigured("This configuration is not safe to serve: " + " ".join(wrong))


def _is_open(address: str) -> bool:
    """Whether others on the line can read what goes there."""
    parts = urlsplit(address)
    return parts.scheme != "https" and parts.hostname not in LOCAL


def _is_weak(key: str) -> bool:
    return len(key) < 50 or len(set(key)) < 5 or key.startswith("django-insecure-")


def _postgresql(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datctype, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()")
        ctype, encoding = cursor.fetchone()
    found: list[CheckMessage] = []
    if encoding != "UTF8":
        found.append(Error(f"The database must be UTF8, this one is {encoding}.", id="autonax.E004"))
    if ctype in ("C", "POSIX"):
        hint = "Searching works all the same; create the database with LC_CTYPE C.UTF-8 to have sorting and case right as well."
        found.append(Caution(f"The character type of the database is {ctype}.", hint=hint, id="autonax.W001"))
    return found
