"""The units: that systemd takes them, and what they promise each other."""

import re
import runpy
import shutil
import subprocess

import pytest

from tests.deploy.reading import DEPLOY, ROOT, command_of, unit

UNITS = ["autonax-web", "autonax-worker"]


@pytest.mark.parametrize("name", UNITS)
def test_systemd_understands_the_unit(name, tmp_path):
    """Where systemd is not installed, the parts that it would look at are read here."""
    read = unit(name)
    assert set(read.sections()) == {"Unit", "Service", "Install"}
    own = tmp_path / f"{name}.service"
    own.write_text((DEPLOY / "systemd" / own.name).read_text().replace("/opt/autonax", str(ROOT)))
    if shutil.which("systemd-analyze"):
        verified = subprocess.run(["systemd-analyze", "verify", own], capture_output=True, text=True, timeout=30, check=False)
        assert (verified.returncode, verified.stderr) == (0, "")


@pytest.mark.parametrize("name", UNITS)
def test_what_a_unit_starts_is_there(name):
    program, *arguments = command_of(name)
    assert shutil.which(program)
    assert [path for path in arguments if path.endswith(".py") and not (ROOT / path).exists()] == []


def test_both_run_as_the_same_person_with_the_same_settings_and_folders():
    web, worker = (unit(name)["Service"] for name in UNITS)
    shared = ("User", "Group", "WorkingDirectory", "EnvironmentFile", "StateDirectory", "StateDirectoryMode", "UMask", "ProtectSystem")
    assert {name: web[name] for name in shared} == {name: worker[name] for name in shared}


def test_systemd_waits_longer_than_gunicorn_needs():
    graceful = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))["graceful_timeout"]
    assert int(unit("autonax-web")["Service"]["TimeoutStopSec"]) > graceful


def test_nginx_lets_an_idle_line_go_before_gunicorn_does():
    upstream_idle = 60  # nginx's own default for `keepalive_timeout` of an upstream
    assert runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))["keepalive"] > upstream_idle


def test_nginx_takes_a_little_more_than_the_program_does(settings):
    allowed = int(re.search(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx" / "autonax.conf").read_text())[1]) * 1024 * 1024
    assert settings.REQUEST_MAX_BYTES < allowed <= settings.REQUEST_MAX_BYTES + 1024 * 1024
