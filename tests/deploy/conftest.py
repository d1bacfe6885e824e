"""The shipped configuration, really running: nginx with TLS before gunicorn with production settings, on ports of loopback."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings

from tests.deploy.reading import DEPLOY, ROOT, command_of

HOST = "support.example.ir"
NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")


@dataclass
class Site:
    folder: Path
    port: int
    plain_port: int

    def ask(self, path, cookie=None, method="GET", body=None, **headers):
        """The answer, with its body in `content`; `_` of a header's name stands for a dash."""
        trust = ssl.create_default_context(cafile=self.folder / "certificate.pem")
        line = http.client.HTTPSConnection("127.0.0.1", self.port, context=trust, timeout=20)
        sent = {"Host": HOST} | {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body, sent | ({"Cookie": cookie} if cookie else {}))
        answer = line.getresponse()
        answer.content = answer.read()
        line.close()
        return answer

    def written(self):
        """All that nginx and gunicorn have written down."""
        return "".join(log.read_text(errors="replace") for log in self.folder.glob("*.log"))


@pytest.fixture(scope="module")
def site_folder():
    """Below /tmp and searchable: the workers of nginx are other people than this process, as on a real machine."""
    folder = Path(tempfile.mkdtemp(prefix="autonax-site-"))
    folder.chmod(0o711)
    subject = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST},IP:127.0.0.1", "-days", "2", "-nodes"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"]
    subprocess.run(["openssl", "req", "-x509", *key, *subject], check=True, capture_output=True)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def static_root():
    """Hashed once for both databases; packing them takes longer and belongs to nobody here."""
    folder = Path(os.environ["TEST_FOLDER"]) / "deploy-static"
    hashed = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}
    if not (folder / "staticfiles.json").exists():
        with override_settings(STATIC_ROOT=folder, STORAGES=configured.STORAGES | hashed):
            call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture(scope="module")
def environment(site_folder, static_root, django_db_setup):
    """What /etc/autonax.env would say, with the database of the tests."""
    return {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": configured.SECRET_KEY,
        "DATABASE_URL": database_url(),
        "SITE_URL": f"https://{HOST}",
        "ATTACHMENTS_ROOT": str(site_folder / "attachments"),
        "ATTACHMENTS_ACCEL": "/protected/",
        "STATIC_ROOT": str(static_root),
        "TRUSTED_PROXIES": "1",
    }


@pytest.fixture(scope="module")
def gunicorn(site_folder, environment):
    """The command of the systemd unit on a free port; gives that port."""
    port = free_port()
    ours = environment | {"GUNICORN_CMD_ARGS": f"--bind 127.0.0.1:{port}", "WEB_CONCURRENCY": "1"}
    with running(command_of("autonax-web"), site_folder / "gunicorn.log", port, cwd=ROOT, env=ours):
        yield port


@pytest.fixture(scope="module")
def deployed(site_folder, gunicorn):
    with nginx_before(gunicorn, site_folder) as site:
        yield site


@pytest.fixture
def before_nobody(site_folder):
    """nginx whose program does not run."""
    with nginx_before(free_port(), site_folder) as site:
        yield site


@pytest.fixture
def shared_attachments(settings, site_folder, attachments_folder):
    """The tests write where the program reads, with the program's modes."""
    disk = settings.STORAGES["attachments"]
    options = {"location": site_folder / "attachments", "file_permissions_mode": 0o640, "directory_permissions_mode": 0o750}
    settings.STORAGES = settings.STORAGES | {"attachments": disk | {"OPTIONS": options}}
    return site_folder / "attachments"


@pytest.fixture
def signed_in(transactional_db):
    """A function: the cookie of this person's session."""

    def cookie(person):
        client = Client()
        client.force_login(person)
        return f"__Host-session={client.cookies[configured.SESSION_COOKIE_NAME].value}"

    return cookie


@contextmanager
def nginx_before(upstream: int, folder: Path):
    site = Site(folder, free_port(), free_port())
    changes = {
        "127.0.0.1:8001": f"127.0.0.1:{upstream}",
        "listen 80;": f"listen 127.0.0.1:{site.plain_port};",
        "    listen [::]:80;\n": "",
        "listen 443 ssl": f"listen 127.0.0.1:{site.port} ssl",
        "    listen [::]:443 ssl http2;\n": "",
        "/etc/ssl/autonax/fullchain.pem": f"{folder}/certificate.pem",
        "/etc/ssl/autonax/key.pem": f"{folder}/key.pem",
        "/var/log/nginx/": f"{folder}/",
        "/var/lib/autonax/attachments/": f"{folder}/attachments/",
        "/opt/autonax/": f"{copied_pages(folder)}/",
    }
    shipped = (DEPLOY / "nginx" / "autonax.conf").read_text()
    for standing, own in changes.items():
        assert standing in shipped
        shipped = shipped.replace(standing, own)
    main = folder / f"nginx-{site.port}.conf"
    temporary = "".join(f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user nobody root;" if os.getuid() == 0 else ""  # another person in the program's group, as the README says
    main.write_text(f"{user} worker_processes 1; pid {main}.pid; daemon off;\nevents {{ }}\nhttp {{\n{temporary}{shipped}}}\n")
    with running([NGINX, "-p", folder, "-c", main], folder / "nginx-start.log", site.port):
        yield site


def copied_pages(folder: Path) -> Path:
    """The checkout may lie where nginx's workers may not look."""
    pages = folder / "program" / "deploy" / "nginx"
    if not pages.exists():
        shutil.copytree(DEPLOY / "nginx", pages)
    for path in (pages.parent.parent, pages.parent, pages):
        path.chmod(0o755)
    return folder / "program"


@contextmanager
def running(command, log: Path, port: int, **options):
    """Ends it by its own id, and in order: a process that does not stop when asked is a fault."""
    with log.open("a") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, **options)
    try:
        wait_for(port, process, log)
        yield process
    finally:
        process.terminate()
        try:
            code = process.wait(20)
        finally:
            process.kill()
    assert code == 0


def wait_for(port: int, process: subprocess.Popen, log: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, log.read_text()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens on {port}: {log.read_text()}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    host = database["HOST"] or database["OPTIONS"]["host"]
    return f"postgres://{database['USER']}@/{database['NAME']}?host={host}"
