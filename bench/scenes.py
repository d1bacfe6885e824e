"""Which requests are measured: chosen from what the database holds, and written as JSON for the client.

Run by itself (`python -m bench.scenes FILE`), with the product's settings, so that the client needs no Django.
"""

import json
import os
import sys
from pathlib import Path
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "autonax_support.settings")
django.setup()

from django.utils.encoding import iri_to_uri  # noqa: E402

from bench.choosing import Choice  # noqa: E402
from bench.counting import queries_of  # noqa: E402
from bench.picture import a_photograph  # noqa: E402
from bench.service import PASSWORD  # noqa: E402

WRITTEN = 400  # requests of a kind that each can be sent once
FREQUENT, TWO_LETTERS, TWO_WORDS, RARE = "پروانه", "بن", "كد ملي", "زرافه"
BODY = "در مرحله تمدید پروانه با خطای سیستمی روبه‌رو می‌شویم و ادامه کار نمی‌شود. شماره پیگیری در بالا نوشته شده است."
TABS = ("awaiting_you", "awaiting_support", "in_development", "closed")


class Scenes:
    """Each scene is a list of requests; a picture in a request is named, not repeated."""

    def __init__(self) -> None:
        self.choice = Choice()
        self.clerks, self.experts = self.choice.clerks, self.choice.experts

    def all(self) -> dict[str, list[dict]]:
        office = self.choice.numbers_of_cases()
        return {
            "sign-in page": [{"method": "GET", "path": "/accounts/login/"}],
            "sign-in": [self._post("/accounts/login/", None, username=name, password=PASSWORD) for name in self.choice.names(64)],
            "inbox": self._for_clerks("/inbox/"),
            "inbox, deep page": [self._get(f"/inbox/?after={self.choice.deep_key(clerk)}", clerk) for clerk in self.clerks],
            **{f"inbox, tab {tab}": self._for_clerks(f"/inbox/?status={tab}") for tab in TABS},
            "search, frequent word": self._for_clerks(f"/inbox/?q={FREQUENT}"),
            "search, rare word": self._for_clerks(f"/inbox/?q={RARE}"),
            "search, two letters": self._for_clerks(f"/inbox/?q={TWO_LETTERS}"),
            "search, two words": self._for_clerks(f"/inbox/?q={TWO_WORDS}"),
            "search, number": [self._get(f"/inbox/?q={number}", clerk) for clerk, number in office],
            "thread, 5 messages": [self._get(f"/inbox/{ticket.pk}/", clerk) for clerk, ticket in self.choice.threads_of(5)],
            "thread, 200 messages": [self._get(f"/inbox/{ticket.pk}/", clerk) for clerk, ticket in self.choice.longest()],
            "announcements": self._for_clerks("/announcements/"),
            "filing form": [self._get(f"/tickets/new/?draft={uuid4()}", clerk) for clerk in self.clerks],
            "filing form, launched": [self._launched(clerk, number) for clerk, number in office],
            "file, same case": [self._same_case(clerk, number) for clerk, number in office * 8],
            "file": [self._file(place) for place in range(WRITTEN)],
            "reply": [self._reply(place) for place in range(WRITTEN)],
            "reply with a file": [self._reply(place) | {"file": "picture"} for place in range(WRITTEN // 2)],
            "rate": [self._rate(place) for place in range(WRITTEN)],
            "notices": self._for_clerks("/notices/"),
            "desk home": [self._get("/admin/", expert) for expert in self.experts],
            "desk queue": [self._get("/admin/tickets/ticket/", expert) for expert in self.experts],
            "desk queue, an office": [
                self._get(f"/admin/tickets/ticket/?office={code}", self.choice.manager) for code in self.choice.codes()
            ],
            "desk queue, overdue": [self._get("/admin/tickets/ticket/?view=overdue", expert) for expert in self.experts],
            "desk, next ticket": [self._turn(ticket.pk, who) for who, ticket in self.choice.waiting()],
            "desk ticket": [self._get(f"/admin/tickets/ticket/{ticket.pk}/change/", who) for who, ticket in self.choice.waiting()],
            "desk answer": [self._answer(place) for place in range(WRITTEN)],
            **{
                f"desk search, {kind}": [self._get(f"/admin/tickets/ticket/?q={text}", self.choice.manager)]
                for kind, text in (("frequent word", FREQUENT), ("rare word", RARE), ("two letters", TWO_LETTERS), ("two words", TWO_WORDS))
            },
            "desk search, number": [self._get(f"/admin/tickets/ticket/?q={number}", self.choice.manager) for _, number in office],
        }

    def _for_clerks(self, path: str) -> list[dict]:
        return [self._get(path, clerk) for clerk in self.clerks]

    def _get(self, path: str, who: object) -> dict:
        return {"method": "GET", "path": iri_to_uri(path), "session": self.choice.session(who)}

    def _post(self, path: str, who: object, **fields: object) -> dict:
        return {"method": "POST", "path": path, "session": self.choice.session(who) if who else "", "fields": fields}

    def _launched(self, clerk: object, number: str) -> dict:
        """The case came from the host; what is open for it is looked for before the form is shown."""
        return self._get(f"/tickets/new/?draft={uuid4()}", clerk) | {"session": self.choice.session_with_case(clerk, number)}

    def _same_case(self, clerk: object, number: str) -> dict:
        """Refused, since a ticket of this number may be open, or filed."""
        said = {"subject": "خطای کد ملی", "department": self.choice.department.pk, "body": BODY, "tracking_number": number}
        return self._post("/tickets/new/", clerk, **said, **self._token(clerk, uuid4(), "filing", None)) | {"expected": [200, 302]}

    def _turn(self, number: int, who: object) -> dict:
        return self._get(f"/admin/tickets/ticket/{number}/next/", who) | {"expected": [302]}

    def _file(self, place: int) -> dict:
        clerk, key = self.clerks[place % len(self.clerks)], uuid4()
        said = {"subject": "خطای کد ملی - تمدید پروانه", "department": self.choice.department.pk, "body": BODY}
        case = {"tracking_number": f"9901{place:010}", "national_id": "8520342272", "file_anyway": "on"}
        return self._post("/tickets/new/", clerk, **said, **case, **self._token(clerk, key, "filing", None))

    def _reply(self, place: int) -> dict:
        clerk, ticket = self.choice.open_ticket(place)
        return self._post(f"/inbox/{ticket.pk}/reply/", clerk, body=BODY, **self._token(clerk, uuid4(), "reply", ticket.pk))

    def _answer(self, place: int) -> dict:
        expert, ticket = self.choice.waiting_ticket(place)
        said = {"body": BODY, "kind": "answer", "then": "stay", **self._token(expert, uuid4(), "answer", ticket.pk)}
        return self._post(f"/admin/tickets/ticket/{ticket.pk}/change/", expert, **said)

    def _rate(self, place: int) -> dict:
        clerk, ticket = self.choice.rateable(place)
        return self._post(f"/inbox/{ticket.pk}/rate/", clerk, stars=1 + place % 5, remark="")

    def _token(self, who: object, key: object, kind: str, ticket: int | None) -> dict[str, str]:
        return {"submission_key": str(key), "draft_token": self.choice.token(who, key, kind, ticket)}


def main() -> None:
    scenes = Scenes()
    requests = scenes.all()
    picture = a_photograph()
    told = {
        "requests": requests,
        "queries": {name: queries_of(found.pop() if len(found) > 50 else found[-1], picture) for name, found in requests.items() if found},
        "floor": {"office": scenes.clerks[0].office_id, "session": scenes.choice.floor_session()},
        "picture": picture,
    }
    Path(sys.argv[1]).write_text(json.dumps(told))


if __name__ == "__main__":
    main()
