"""bin/bench hands over a running PostgreSQL and an empty folder; this makes the databases, serves, measures, prints and writes JSON."""

import json
import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path

import psycopg2

from bench import table
from bench.client import Request, request_of
from bench.measuring import Floor, Place, measure
from bench.service import PASSWORD, ROOT, Service, environment, run
from bench.weight import first_visit

FLOORS = {"floor: bare WSGI": "bench.floors.bare", "floor: plain Django": "bench.floors.plain"}
PLAIN = "floor: plain Django"


def main() -> None:
    options = _options()
    results, report = (
        {},
        {"at": datetime.now(UTC).isoformat(), "commit": _commit(), "options": vars(options) | {"cluster": "", "folder": ""}},
    )
    for size in options.sizes:
        results[size], report[str(size)] = _size(size, options)
        print(table.of_one_size(size, results[size]), flush=True)
        print(f"static files of a first visit: {report[str(size)]['static']}")
    if len(results) > 1:
        print(table.of_sizes(results))
    target = ROOT / "bench" / "results" / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(report, ensure_ascii=False, indent=1, default=str))
    print(f"\n{target.relative_to(ROOT)}")
    wrong = [f"{name}: {line}" for pages in results.values() for name, page in pages.items() for line in page["wrong"]]
    sys.exit("\n".join(["Not what was expected:", *wrong]) if wrong else 0)


def _options() -> Namespace:
    parser = ArgumentParser(prog="bin/bench", description="Measures every page, beside two floors.")
    parser.add_argument("sizes", nargs="*", type=int, metavar="TICKETS", help="one size or several (default 100000)")
    parser.add_argument("--tickets", type=int, action="append", default=[], help="the same, by name")
    parser.add_argument("--quick", action="store_true", help="a short look: 0.7 seconds for each figure instead of 3")
    parser.add_argument("--rounds", type=int, default=1, choices=range(1, 10), metavar="N", help="medians of so many rounds")
    parser.add_argument("--only", default="", help="pages whose name holds this; the floors always")
    parser.add_argument("--cluster", required=True, help="(bin/bench) folder of the PostgreSQL")
    parser.add_argument("--folder", required=True, type=Path, help="(bin/bench) folder for files")
    options = parser.parse_args()
    options.sizes = [*options.sizes, *options.tickets] or [100_000]
    options.seconds = 0.7 if options.quick else 3.0
    return options


def _size(size: int, options: Namespace) -> tuple[dict[str, dict], dict]:
    env = _filled(size, options)
    scenes = options.folder / f"scenes-{size}.json"
    _say("choosing requests, counting queries")
    run("-m", "bench.scenes", str(scenes), env=env)
    told = json.loads(scenes.read_text())
    pages, static = {}, {}
    with Service("autonax_support.wsgi", env, options.folder / "web.log") as web:
        place = _place(web, options)
        static = first_visit(web.port, [request_of(told["requests"][name][0]) for name in ("sign-in page", "inbox")])
        inbox = measure(place, _requests(told, "inbox"), 0.3, 1)["at_1"]["plain"]
        of_floor = env | {"FLOOR_OFFICE": str(told["floor"]["office"])}
        request = request_of({"method": "GET", "path": "/", "session": told["floor"]["session"]})
        filled = [(name, of_floor | {"FLOOR_FILLER": _missing(name, of_floor, request, inbox, options)}) for name in FLOORS]
        floors = {name: _floor(name, floor_env, request, options) for name, floor_env in filled}
        with Service(FLOORS[PLAIN], dict(filled)[PLAIN], options.folder / "floor.log") as plain:
            floor = Floor(_place(plain, options), request)
            for name in (name for name, found in told["requests"].items() if found and options.only in name):
                _say(name)
                page = measure(place, _requests(told, name), options.seconds, options.rounds, floor)
                pages[name] = page | {"queries": told["queries"][name]}
    return floors | pages, {"pages": floors | pages, "static": static, "load_average": os.getloadavg()}


def _filled(size: int, options: Namespace) -> dict[str, str]:
    """A database of this size, and the environment of the program on it."""
    name = f"size_{size}"
    connection = psycopg2.connect(host=options.cluster, user="autonax", dbname="postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    connection.close()
    env = environment(options.folder, f"postgres://autonax@/{name}?host={options.cluster}")
    (options.folder / "attachments").mkdir(exist_ok=True)
    run("manage.py", "migrate", "--verbosity", "0", env=env)
    run("manage.py", "collectstatic", "--no-input", "--verbosity", "0", env=env)
    run("manage.py", "generate", "--force", "--tickets", str(size), "--password", PASSWORD, env=env)
    return env


def _missing(name: str, env: dict[str, str], request: Request, inbox: int, options: Namespace) -> str:
    """Bytes to fill the floor up with, so that it weighs as much as the inbox."""
    with Service(FLOORS[name], env, options.folder / "floor.log") as bare:
        return str(inbox - measure(_place(bare, options), [request], 0.1, 1)["at_1"]["plain"])


def _floor(name: str, env: dict[str, str], request: Request, options: Namespace) -> dict:
    _say(name)
    with Service(FLOORS[name], env, options.folder / "floor.log") as floor:
        return measure(_place(floor, options), [request], options.seconds, options.rounds)


def _place(service: Service, options: Namespace) -> Place:
    postmaster = int(Path(options.cluster, "data", "postmaster.pid").read_text().split()[0])
    return Place(service.port, service.process.pid, postmaster)


def _requests(told: dict, name: str) -> list[Request]:
    return [request_of(given | ({"file": told["picture"]} if "file" in given else {})) for given in told["requests"][name]]


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


def _commit() -> str:
    command = ["/usr/bin/env", "git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


if __name__ == "__main__":
    main()
