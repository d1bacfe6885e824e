"""Runs manage.py as an operator would: in its own process, with nothing but the given environment."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = "k7-Vq2n_Zr9TgX4mBw8sLd1pYc6hJf3aUe5oRt0iNxQvMzWyKbHjGlSPdA"


def production(folder: Path, **changes: str) -> dict[str, str]:
    """A sound production environment; a change of None takes a variable away."""
    environment = {
        "SECRET_KEY": KEY,
        "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        "SITE_URL": "https://support.example.ir",
        "ATTACHMENTS_ROOT": str(folder / "attachments"),
        "STATIC_ROOT": str(folder / "static"),
        "TRUSTED_PROXIES": "1",
        "EMAIL_URL": "smtp://127.0.0.1:9",  # where nobody listens
    }
    return {name: value for name, value in (environment | changes).items() if value is not None}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess:
    clean = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "autonax_support.settings"}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=clean | environment, capture_output=True, text=True, timeout=60, check=False
    )


def manage(*command: str, **environment: str) -> subprocess.CompletedProcess:
    return run("manage.py", *command, **environment)


def start_web(**environment: str) -> subprocess.CompletedProcess:
    return run("-c", "import autonax_support.wsgi", **environment)
