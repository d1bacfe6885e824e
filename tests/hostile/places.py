"""Every form there is, out of the pages of the URL map, and who may open it."""

from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from autonax_support.accounts.models import User
from tests.asking import Asking
from tests.journeys.access import expected
from tests.journeys.addresses import Address
from tests.journeys.forms import Form, Reader

UNTYPED = ("csrfmiddlewaretoken", "submission_key", "draft_token", "draft_version", "draft_page")


@dataclass
class Place:
    person: str
    asking: Asking
    path: str
    form: Form
    typed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.person} {self.form.method} {self.path} {self.typed}"

    def sent(self, texts: dict[str, str]) -> dict[str, str]:
        """The form as it came, what must be chosen chosen, rows of a table left alone, with these texts typed."""
        choices = self.form.choices
        chosen = {name: values[0] for name, values in self.form.fields.items() if values and (values[0] or name not in choices)}
        first = {name: next((value for value in values if value), "") for name, values in choices.items() if name and "-" not in name}
        return first | chosen | texts


def every_form(cast: dict[str, User | None], addresses: list[Address]) -> list[Place]:
    """Each form once, as the first person meets it; sign-out and the theme have nothing to type."""
    found: dict[tuple, Place] = {}
    table = expected()
    for name, person in cast.items():
        asking = Asking(person)
        for address in (address for address in addresses if table[address.name, "GET", name] in ("200", "302")):
            path, response = address.path, asking.ask("GET", address.path, count=False)[0]
            if response.headers.get("Location", "").startswith(path):  # the filing form carries its key in its address
                path = response.headers["Location"]
                response = asking.ask("GET", path, count=False)[0]
            if response.status_code == 200 and "html" in response.headers["Content-Type"]:
                for form in Reader(response.content.decode()).forms:
                    place = Place(name, asking, urlsplit(urljoin(path, form.action)).path, form)
                    place.typed = [field for field in form.fields if field and field not in form.choices and field not in UNTYPED]
                    found.setdefault((place.path, form.method, *sorted(place.typed)), place)
    return [place for place in found.values() if place.typed]
