"""All settings, read from the environment; the README has the table.

Without SECRET_KEY, DATABASE_URL, SITE_URL and ALLOWED_HOSTS this is the demo: SQLite under DEMO_DIR, reachable from this
machine only. One of them makes it production, and then what is missing or wrong is named at once and nothing starts.
"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_email_url
from csp.constants import NONCE, NONE, SELF
from django.core.management.utils import get_random_secret_key
from environs import Env, validate

from autonax_support.accounts.launch.keys import read_keys
from autonax_support.environment import (
    case_url,
    clamd_address,
    inner_location,
    kept_long_enough,
    launch_keys,
    mail_address,
    named_values,
    needed_if,
    quiet_long_enough,
    sms_address,
    storage_address,
    token_header,
)

BASE_DIR = Path(__file__).resolve().parent.parent
DEMO = not any(os.environ.get(name) for name in ("SECRET_KEY", "DATABASE_URL", "SITE_URL", "ALLOWED_HOSTS"))
S3 = not DEMO and any(os.environ.get(f"ATTACHMENTS_S3_{name}") for name in ("BUCKET", "ENDPOINT", "ACCESS_KEY", "SECRET_KEY"))


def demo_only(value: object) -> dict[str, object]:  # production has no default and must name the variable
    return {"default": value} if DEMO else {}


# seal() names every wrong or missing variable together
env = Env(eager=False)
DEBUG = env.bool("DEBUG", default=False)
DEMO_DIR = env.path("DEMO_DIR", default=BASE_DIR / "var" / "demo")
PORT = env.int("PORT", default=8000, validate=validate.Range(1, 65535))
SECRET_KEY = env.str("SECRET_KEY", **demo_only(""))
SITE_URL = env.str("SITE_URL", validate=validate.URL(require_tld=False, schemes={"http", "https"}), **demo_only("http://127.0.0.1:8000"))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
DATABASE = env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True, **demo_only("sqlite://"))
STATIC_ROOT = env.path("STATIC_ROOT", default=BASE_DIR / "var" / "static")
ATTACHMENTS_ROOT = env.path("ATTACHMENTS_ROOT", **needed_if(not DEMO and not S3))
ATTACHMENTS_ACCEL = env.str("ATTACHMENTS_ACCEL", default="", validate=inner_location)
ATTACHMENTS_S3_BUCKET = env.str("ATTACHMENTS_S3_BUCKET", **needed_if(S3))
ATTACHMENTS_S3_ENDPOINT = env.str("ATTACHMENTS_S3_ENDPOINT", validate=storage_address, **needed_if(S3))
ATTACHMENTS_S3_REGION = env.str("ATTACHMENTS_S3_REGION", default="us-east-1")
ATTACHMENTS_S3_ACCESS_KEY = env.str("ATTACHMENTS_S3_ACCESS_KEY", **needed_if(S3))
ATTACHMENTS_S3_SECRET_KEY = env.str("ATTACHMENTS_S3_SECRET_KEY", **needed_if(S3))
ATTACHMENTS_S3_LINKS = env.bool("ATTACHMENTS_S3_LINKS", default=True)
ATTACHMENT_MAX_FILES = env.int("ATTACHMENT_MAX_FILES", default=5, validate=validate.Range(1, 20))
ATTACHMENT_MAX_MB = env.int("ATTACHMENT_MAX_MB", default=10, validate=validate.Range(1, 100))
ATTACHMENT_MAX_MEGAPIXELS = env.int("ATTACHMENT_MAX_MEGAPIXELS", default=50, validate=validate.Range(1, 200))
REOPEN_DAYS = env.int("REOPEN_DAYS", default=30, validate=validate.Range(0, 3650))
# the demo keeps the tickets of the guide open
QUIET_DAYS = env.int("QUIET_DAYS", default=14 if not DEMO else 0, validate=quiet_long_enough)
RETAIN_ATTACHMENTS_DAYS = env.int("RETAIN_ATTACHMENTS_DAYS", default=0, validate=kept_long_enough)
RETAIN_CLOSED_TEXT_DAYS = env.int("RETAIN_CLOSED_TEXT_DAYS", default=0, validate=kept_long_enough)
RETAIN_AUDIT_DAYS = env.int("RETAIN_AUDIT_DAYS", default=0, validate=kept_long_enough)
DRAFT_DAYS = env.int("DRAFT_DAYS", default=90, validate=validate.Range(1, 3650))
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", default="", validate=clamd_address)
EMAIL_URL = env.str("EMAIL_URL", validate=mail_address, default="console://" if DEMO else "")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="")
SMS_URL = env.str("SMS_URL", validate=sms_address, default="console:" if DEMO else "")
SMS_TOKEN = env.str("SMS_TOKEN", default="")
SMS_HEADER = env.str("SMS_HEADER", validate=token_header, default="Authorization: Bearer {token}")
SMS_FORMAT = env.str("SMS_FORMAT", default="json", validate=validate.OneOf(["json", "form"]))
SMS_BODY = env.json("SMS_BODY", validate=named_values, default={})
SMS_TEMPLATES = env.json("SMS_TEMPLATES", validate=named_values, default={})
HOST_CASE_URL = env.str("HOST_CASE_URL", default="", validate=case_url)
LAUNCH_KEYS = env.str("LAUNCH_KEYS", default="", validate=launch_keys)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0, validate=validate.Range(0, 5))
STAFF_OTP = env.str("STAFF_OTP", default="optional", validate=validate.OneOf(["off", "optional", "required"]))
RATE_LIMIT_PERCENT = env.int("RATE_LIMIT_PERCENT", default=100, validate=validate.Range(0, 100_000))
env.seal()

if DEMO:
    DATABASE["NAME"] = DEMO_DIR / "db.sqlite3"
    STATIC_ROOT = DEMO_DIR / "static"
    ATTACHMENTS_ROOT, ATTACHMENTS_ACCEL = DEMO_DIR / "attachments", ""
    SITE_URL = f"http://127.0.0.1:{PORT}"
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    key_file = DEMO_DIR / "secret_key"  # written by bin/demo, whose web processes must share it; a single command can do without
    SECRET_KEY = key_file.read_text() if key_file.exists() else get_random_secret_key()
    demo_keys = DEMO_DIR / "launch_keys.json"  # written by `manage.py demo`, for the host that it plays
    LAUNCH_KEYS = demo_keys if demo_keys.exists() else ""

SITE_URL = SITE_URL.rstrip("/")
LAUNCH_HOSTS = read_keys(LAUNCH_KEYS)
ATTACHMENTS_S3_ENDPOINT = ATTACHMENTS_S3_ENDPOINT.rstrip("/")
ALLOWED_HOSTS = ALLOWED_HOSTS or [urlsplit(SITE_URL).hostname]
HTTPS = SITE_URL.startswith("https://")
DEFAULT_FROM_EMAIL = DEFAULT_FROM_EMAIL or f"noreply@{urlsplit(SITE_URL).hostname}"
globals().update(dj_email_url.parse(EMAIL_URL or "dummy://"))  # EMAIL_BACKEND, EMAIL_HOST and the rest of their kind
EMAIL_TIMEOUT = 10

if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    DATABASE["OPTIONS"] = {  # WAL: readers never wait for a writer; IMMEDIATE: a writer takes the lock first and cannot fail half way
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;",
    }
if DATABASE["ENGINE"] == "django.db.backends.postgresql":
    # compiling a query takes 30 ms, which no query here is worth: what is slow is bounded, not compiled
    DATABASE["OPTIONS"] = {"options": "-c jit=off"} | DATABASE.get("OPTIONS", {})
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "autonax_support",
    "autonax_support.persian",
    "autonax_support.accounts",
    "autonax_support.files",
    "autonax_support.notices",
    "tickets",
    "inbox",
    "announcements",
    "autonax_support.accounts.admin_config.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "django_htmx",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "autonax_support.middleware.safe_headers",
    "autonax_support.middleware.demo_stays_home",
    "autonax_support.middleware.client_address",
    "django.middleware.security.SecurityMiddleware",
    "autonax_support.middleware.known_methods",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "autonax_support.middleware.no_store",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "autonax_support.middleware.session_limits",
    "autonax_support.middleware.body_limit",
    "autonax_support.middleware.RateLimits",
    "django.middleware.csrf.CsrfViewMiddleware",
    "autonax_support.middleware.SignedIn",
    "autonax_support.middleware.OwnForms",
    "autonax_support.middleware.SecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "autonax_support.urls"
WSGI_APPLICATION = "autonax_support.wsgi.application"
CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "autonax_support.context_processors.csp_nonce",
    "autonax_support.context_processors.header",
]
TEMPLATES = [  # which of the two reads what: rendering.py
    {
        "BACKEND": "autonax_support.rendering.Pages",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "autonax_support.rendering.environment", "context_processors": CONTEXT_PROCESSORS},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": CONTEXT_PROCESSORS,
            "libraries": {"look": "autonax_support.look"},
            "builtins": ["autonax_support.persian.templatetags.persian", "autonax_support.look"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets by the same two engines
CRISPY_TEMPLATE_PACK, CRISPY_ALLOWED_TEMPLATE_PACKS = "autonax", ["autonax"]
CRISPY_FAIL_SILENTLY = False

LANGUAGE_CODE = "fa"  # one Persian site, whatever language the browser asks for
LANGUAGES = [("fa", "فارسی")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Tehran"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
ATTACHMENTS_S3_LINKS = S3 and ATTACHMENTS_S3_LINKS  # off: browsers do not reach the storage, the program fetches for them
modes = (0o640, 0o750) if ATTACHMENTS_ACCEL else (0o600, 0o700)  # nginx reads as a member of the program's group
DISK = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": ATTACHMENTS_ROOT, "file_permissions_mode": modes[0], "directory_permissions_mode": modes[1]},
}
PRIVATE_FILES = {"BACKEND": "autonax_support.files.object_storage.ObjectStorage"} if S3 else DISK
STORAGES = {
    "default": PRIVATE_FILES,  # nothing uses it; whoever does so by mistake still writes to a private place
    "attachments": PRIVATE_FILES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "autonax_support.accounts.backends.OfficeBackend"]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 8}),
        ("CommonPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "full_name", "mobile", "email")}),
    )
]

# Ten wrong passwords close a name for one address, nobody else and not for ever: a lock must not be a way to lock others out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # «تا ۱۵ دقیقه» stays true for who goes on trying
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "autonax_support.accounts.throttle.name_key"
AXES_CLIENT_IP_CALLABLE = "autonax_support.accounts.throttle.address_of"
AXES_DISABLE_ACCESS_LOG = True  # AuditEntry has the sign-ins
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W002"]  # its middleware would replace the page of our sign-in, which says itself that it is closed

OTP_TOTP_ISSUER = "Autonax"  # in Persian, each letter six signs of the address, the QR code would be too dense for an old phone
OTP_TOTP_SYNC = False  # a code is good one step before and after its time, and not further away with each use

# Offices share PCs: closing the browser ends the session, twelve quiet hours do, and so do seven days in any case.
SESSION_ENGINE = "autonax_support.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_LONGEST = 7 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
LAUNCH_COOKIE_NAME = "__Secure-launch" if HTTPS else "launch"  # has a path of its own, which «__Host-» forbids
THEME_COOKIE_NAME = "__Host-theme" if HTTPS else "theme"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = 30 * 24 * 3600  # outlives the session: a form left open over a weekend is asked to sign in, not refused
CSRF_FAILURE_VIEW = "autonax_support.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # nothing of a ticket in a cookie

PICTURES = [SELF, ATTACHMENTS_S3_ENDPOINT] if ATTACHMENTS_S3_LINKS else [SELF]  # a redirect must be allowed where it ends, too
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE], "script-src": [SELF, NONCE], "style-src": [SELF], "img-src": PICTURES, "font-src": [SELF],
        "connect-src": [SELF], "form-action": [SELF], "base-uri": [NONE], "frame-ancestors": [NONE], "object-src": [NONE],
    }
}  # fmt: skip
UNUSED_FEATURES = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation", "gyroscope", "magnetometer",
    "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)
X_FRAME_OPTIONS = "DENY"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]

FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "autonax_support.files.receiving.NamelessFile"]
# Twice what one message may carry: somewhat too much is refused at the field with the text kept, only a flood is cut off.
REQUEST_MAX_BYTES = 2 * ATTACHMENT_MAX_FILES * ATTACHMENT_MAX_MB * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"reference": {"()": "autonax_support.logs.ErrorReference"}},
    "formatters": {"line": {"()": "autonax_support.logs.PrivateLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["reference"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "axes": {"level": "WARNING"},
        "gunicorn.error": {"handlers": ["console"], "propagate": False},  # it names whole addresses
        "gunicorn.http.wsgi": {"level": "ERROR"},  # gunicorn warns of every HEAD, whose body it rightly drops
    },
}
