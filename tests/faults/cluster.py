"""A PostgreSQL of our own that may be broken: one cluster in a folder, reached by its socket alone."""

import os
import subprocess
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import psycopg2
from psycopg2.extras import RealDictCursor

# what is acknowledged must outlive an immediate stop, so commits are written through; the machine itself does not fail here
OPTIONS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=on -c max_connections=60 -c log_min_messages=fatal"


def _programs() -> Path:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    return folders[-1]


class Cluster:
    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        folder.mkdir()
        folder.chmod(0o711)
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            subprocess.run(["chown", "nobody", folder], check=True)
        self._run("initdb", "-U", "autonax", "--auth=trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync")
        self.start()

    @property
    def url(self) -> str:
        return f"postgres://autonax@/postgres?host={self.folder}"

    def start(self) -> None:
        self._run("pg_ctl", "-w", "-s", "-l", str(self.folder / "log"), "start", "-o", f"{OPTIONS} -k {self.folder}")

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "-w", "-s", "-m", mode, "stop")

    def restart(self) -> None:
        self._run("pg_ctl", "-w", "-s", "-m", "immediate", "-l", str(self.folder / "log"), "restart")

    def remove(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.stop()

    def rows(self, sql: str, *values: object) -> list[dict]:
        with closing(psycopg2.connect(host=str(self.folder), user="autonax", dbname="postgres")) as connection:
            connection.autocommit = True
            with connection.cursor(cursor_factory=RealDictCursor) as cursor:
                cursor.execute(sql, values)
                return [dict(row) for row in cursor.fetchall()]

    def one(self, sql: str, *values: object) -> object:
        return next(iter(self.rows(sql, *values)[0].values()))

    def _run(self, program: str, *arguments: str) -> None:
        command: Iterable[str] = [str(_programs() / program), "-D", str(self.data), *arguments]
        if os.getuid() == 0:
            command = ["runuser", "-u", "nobody", "--", *command]
        # its output goes to no pipe of ours: the server would keep it open
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL, timeout=60)
