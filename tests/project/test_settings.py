import json
import struct

import pytest

from tests.project.running import KEY, manage, production, run, start_web

SHOW = """
import django, json; django.setup()
from django.conf import settings as s
print(json.dumps({name: str(getattr(s, name)) for name in %r}))
"""


def values(*names, **environment):
    return json.loads(run("-c", SHOW % (names,), **environment).stdout)


def test_without_environment_it_is_the_demo_on_loopback(tmp_path):
    assert values("DEMO", "ALLOWED_HOSTS", "SITE_URL", "SESSION_COOKIE_NAME", PORT="8123", DEMO_DIR=str(tmp_path)) == {
        "DEMO": "True",
        "ALLOWED_HOSTS": "['127.0.0.1', 'localhost', '[::1]']",
        "SITE_URL": "http://127.0.0.1:8123",
        "SESSION_COOKIE_NAME": "session",
    }


def test_a_sound_production_environment_passes_check_deploy_in_silence(tmp_path):
    checked = run("-W", "error", "manage.py", "check", "--deploy", "--fail-level", "DEBUG", **production(tmp_path))
    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_sound_production_environment_starts(tmp_path):
    started = start_web(**production(tmp_path))
    assert (started.returncode, started.stderr.count("Error")) == (0, 0)


def test_https_brings_host_cookies_and_strict_transport(tmp_path):
    names = ("DEMO", "ALLOWED_HOSTS", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SECURE_HSTS_SECONDS")
    assert values(*names, **production(tmp_path)) == {
        "DEMO": "False",
        "ALLOWED_HOSTS": "['support.example.ir']",
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SESSION_COOKIE_SECURE": "True",
        "SECURE_HSTS_SECONDS": "31536000",
    }


@pytest.mark.parametrize(
    ("unsafe", "reason"),
    [
        ({"DEBUG": "1"}, "DEBUG must be off"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be 50"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY must be 50"),
        ({"SECRET_KEY": "django-insecure-" + KEY}, "SECRET_KEY must be 50"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must not be *"),
        ({"SITE_URL": "http://support.example.ir"}, "SITE_URL must be https"),
        ({"SMS_URL": "http://sms.example.ir/send"}, "SMS_URL must be https"),
        ({"RETAIN_CLOSED_TEXT_DAYS": "30"}, "RETAIN_CLOSED_TEXT_DAYS must be 0 or more than REOPEN_DAYS"),
    ],
)
def test_an_unsafe_setting_stops_the_start(tmp_path, unsafe, reason):
    refused = start_web(**production(tmp_path, **unsafe))
    assert (refused.returncode, reason in refused.stderr) == (1, True)


@pytest.mark.parametrize(
    ("doubtful", "caution"),
    [
        ({"RATE_LIMIT_PERCENT": "0"}, "autonax.W002"),
        ({"TRUSTED_PROXIES": "0"}, "autonax.W003"),
        ({"EMAIL_URL": None}, "autonax.W004"),
    ],
)
def test_a_doubtful_setting_is_named_by_the_check_and_stops_nothing(tmp_path, doubtful, caution):
    checked = manage("check", "--deploy", **production(tmp_path, **doubtful))
    assert (checked.returncode, checked.stderr.count("autonax."), caution in checked.stderr) == (0, 1, True)


def test_an_unsafe_setting_stops_commands_too(tmp_path):
    refused = manage("migrate", **production(tmp_path, DEBUG="1"))
    assert (refused.returncode, "DEBUG must be off" in refused.stderr) == (1, True)


def test_all_unsafe_settings_are_named_together(tmp_path):
    refused = start_web(**production(tmp_path, DEBUG="1", SECRET_KEY="short", ALLOWED_HOSTS="*")).stderr
    assert [name in refused for name in ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS")] == [True, True, True]


@pytest.mark.parametrize("inside", ["static", "static/attachments", "."])
def test_attachments_among_static_files_stop_the_start(tmp_path, inside):
    refused = start_web(**production(tmp_path, ATTACHMENTS_ROOT=str(tmp_path / inside)))
    assert "ATTACHMENTS_ROOT and the static files must not lie within each other" in refused.stderr


def test_a_mail_server_is_one_address(tmp_path):
    names = ("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_HOST_PASSWORD", "EMAIL_TIMEOUT", "DEFAULT_FROM_EMAIL")
    assert list(values(*names, **production(tmp_path, EMAIL_URL="submission://autonax:p%40ss@mail.example.ir")).values()) == [
        "django.core.mail.backends.smtp.EmailBackend",
        "mail.example.ir",
        "587",
        "True",
        "p@ss",
        "10",
        "noreply@support.example.ir",
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"EMAIL_URL": "mail.example.ir"},
        {"EMAIL_URL": "http://mail.example.ir"},
        {"EMAIL_URL": "smtp://host:99999"},
        {"SMS_URL": "ftp://host"},
        {"SMS_HEADER": "Authorization"},
        {"SMS_HEADER": "X-Key: {token}\r\nX: y"},
        {"SMS_FORMAT": "xml"},
        {"SMS_BODY": "[]"},
        {"SMS_BODY": "{"},
        {"SMS_TEMPLATES": "7"},
    ],
)
def test_a_gateway_that_is_set_wrong_stops_the_start(tmp_path, wrong):
    refused = start_web(**production(tmp_path, **wrong))
    assert (refused.returncode, *(name in refused.stderr for name in wrong)) == (1, True)


OBJECT_STORAGE = {
    "ATTACHMENTS_ROOT": None,
    "ATTACHMENTS_S3_BUCKET": "attachments",
    "ATTACHMENTS_S3_ENDPOINT": "https://s3.example.ir/",
    "ATTACHMENTS_S3_ACCESS_KEY": "key",
    "ATTACHMENTS_S3_SECRET_KEY": "secret",
}
SHOW_STORAGE = """
import autonax_support.wsgi, json
from django.conf import settings
from django.core.files.storage import storages
client = storages["attachments"].connection.meta.client.meta
pictures = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"]
print(json.dumps([client.endpoint_url, client.config.signature_version, client.config.s3["addressing_style"], pictures]))
"""


@pytest.mark.parametrize(("links", "pictures"), [("1", ["'self'", "https://s3.example.ir"]), ("0", ["'self'"])])
def test_an_object_storage_is_asked_where_pictures_may_come_from(tmp_path, links, pictures):
    shown = run("-c", SHOW_STORAGE, **production(tmp_path, **OBJECT_STORAGE, ATTACHMENTS_S3_LINKS=links))
    assert json.loads(shown.stdout) == ["https://s3.example.ir", "s3v4", "path", pictures]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"ATTACHMENTS_S3_BUCKET": "attachments"}, ["ATTACHMENTS_S3_ENDPOINT", "ATTACHMENTS_S3_ACCESS_KEY", "ATTACHMENTS_S3_SECRET_KEY"]),
        ({"ATTACHMENTS_ROOT": None}, ["ATTACHMENTS_ROOT"]),
        ({"ATTACHMENTS_ACCEL": "protected"}, ["ATTACHMENTS_ACCEL"]),
        ({"ATTACHMENTS_ACCEL": "/protected/", "TRUSTED_PROXIES": "0"}, ["ATTACHMENTS_ACCEL needs nginx", "TRUSTED_PROXIES"]),
        (OBJECT_STORAGE | {"ATTACHMENTS_S3_ENDPOINT": "https://s3.example.ir/bucket"}, ["ATTACHMENTS_S3_ENDPOINT"]),
        (
            OBJECT_STORAGE | {"ATTACHMENTS_ROOT": "var/a", "ATTACHMENTS_ACCEL": "/protected/", "ATTACHMENTS_S3_ENDPOINT": "http://s3.ir"},
            ["ATTACHMENTS_ROOT and ATTACHMENTS_S3_BUCKET", "ATTACHMENTS_ACCEL", "ATTACHMENTS_S3_ENDPOINT must be https"],
        ),
    ],
)
def test_attachments_with_no_home_or_with_two_stop_the_start(tmp_path, changes, named):
    refused = start_web(**production(tmp_path, **changes))
    last = refused.stderr.splitlines()[-1]
    assert (refused.returncode, {name: name in last for name in named}) == (1, dict.fromkeys(named, True))


def test_every_wrong_or_missing_variable_is_named_at_once(tmp_path):
    wrong = {"REOPEN_DAYS": "soon", "ATTACHMENT_MAX_MB": "0", "HOST_CASE_URL": "https://host.ir/case"}
    wrong |= {"DATABASE_URL": None, "SITE_URL": "support"}
    wrong |= {"RETAIN_CLOSED_TEXT_DAYS": "3", "RETAIN_ATTACHMENTS_DAYS": "-1", "RETAIN_AUDIT_DAYS": "99999"}
    refused = start_web(**production(tmp_path, **wrong)).stderr.splitlines()[-1]
    assert {name: name in refused for name in wrong} == dict.fromkeys(wrong, True)


@pytest.mark.parametrize("one", ["SECRET_KEY", "DATABASE_URL", "SITE_URL", "ALLOWED_HOSTS"])
def test_half_a_production_environment_is_not_the_demo(tmp_path, one):
    environment = production(tmp_path, ALLOWED_HOSTS="support.example.ir")
    refused = start_web(**{one: environment[one]})
    assert (refused.returncode, "Environment variable not set" in refused.stderr) == (1, True)


@pytest.mark.parametrize("address", ["postgres://autonax@/autonax?host=/run/pg", "postgres://autonax@%2Frun%2Fpg/autonax"])
def test_postgresql_is_reached_through_a_socket(tmp_path, address):
    shown = values("DATABASES", **production(tmp_path, DATABASE_URL=address))["DATABASES"]
    assert [part in shown for part in ("/run/pg", "'CONN_HEALTH_CHECKS': True", "'NAME': 'autonax'")] == [True, True, True]


def test_old_time_zone_files_stop_the_start(tmp_path):
    zones = tmp_path / "zones" / "Asia"
    zones.mkdir(parents=True)
    always_summer = b"TZif" + bytes(16) + struct.pack(">6l", 0, 0, 0, 0, 1, 4) + struct.pack(">lbb", 16200, 1, 0) + b"+04\0"
    (zones / "Tehran").write_bytes(always_summer)
    refused = start_web(**production(tmp_path, PYTHONTZPATH=str(zones.parent)))
    assert "time zone files of this machine are from before 2022" in refused.stderr
