"""The offices, clerks, departments and experts of the generated tickets. A second run of the same size finds them again."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Max

from autonax_support.accounts.models import City, Office, Province, Role, User
from autonax_support.generating import words
from autonax_support.generating.phrases import person_name
from autonax_support.generating.seeding import seeded
from autonax_support.generating.world import DAYS, DepartmentStaff, OfficeStaff, Person, Plan, World
from autonax_support.reference import MANAGERS
from tickets.models import Department, DepartmentMember
from tickets.reference import give_hours

TICKETS_OF_AN_OFFICE, OFFICES = 500, (4, 2000)
TICKETS_OF_AN_EXPERT, EXPERTS = 8000, (4, 120)
CLERKS = ("clerk", "clerk", "office_manager")
BATCH = 500


def settle(plan: Plan, password: str | None) -> World:
    """Everybody has the same password, or none. User names: office1-1 … (the third is the manager), expert1 …, manager1."""
    joined = datetime.fromtimestamp(plan.until, UTC) - timedelta(days=DAYS + 30)
    people = _People(plan.seed, make_password(password), joined)
    offices = _offices(_within(plan.tickets // TICKETS_OF_AN_OFFICE, OFFICES), joined)
    clerks = {f"office{place}-{nth}": (office, role) for place, office in enumerate(offices, 1) for nth, role in enumerate(CLERKS, 1)}
    staff = people.settle(clerks)
    experts = people.settle(
        {f"expert{n}": (None, Role.STAFF) for n in range(1, _within(plan.tickets // TICKETS_OF_AN_EXPERT, EXPERTS) + 1)}
    )
    (manager,) = people.settle({"manager1": (None, Role.STAFF)})
    manager.groups.add(Group.objects.get_or_create(name=MANAGERS)[0])
    crowds = [staff[place : place + len(CLERKS)] for place in range(0, len(staff), len(CLERKS))]
    teams = [OfficeStaff(office.pk, office.code, _persons(crowd)) for office, crowd in zip(offices, crowds, strict=True)]
    return World(teams, _departments(experts))


def _within(count: int, limits: tuple[int, int]) -> int:
    return min(max(count, limits[0]), limits[1])


def _persons(users: Sequence[User]) -> list[Person]:
    return [Person(user.pk, user.full_name) for user in users]


class _People:
    def __init__(self, seed: int, password: str, joined: datetime) -> None:
        self.seed, self.password, self.joined = seed, password, joined

    def settle(self, wanted: dict[str, tuple[Office | None, str]]) -> list[User]:
        rows = [
            User(username=name, full_name=self._name(name), office=office, role=role, password=self.password, date_joined=self.joined)
            for name, (office, role) in wanted.items()
        ]
        User.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        found = {}
        names = list(wanted)
        for start in range(0, len(names), BATCH):
            found |= {user.username: user for user in User.objects.filter(username__in=names[start : start + BATCH])}
        return [found[name] for name in names]

    def _name(self, username: str) -> str:
        return person_name(seeded(self.seed, username))


def _offices(count: int, joined: datetime) -> list[Office]:
    cities = _cities()
    codes = [f"81{place:06}0001" for place in range(1, count + 1)]
    rows = []
    for place, code in enumerate(codes):
        city, nth = cities[place % len(cities)], place // len(cities) + 1
        rows.append(Office(city=city, code=code, title=f"دفتر {city.name} {nth}", created_at=joined))
    Office.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    found = {office.code: office for office in Office.objects.filter(host_issuer="", code__startswith="81")}
    return [found[code] for code in codes]


def _cities() -> list[City]:
    Province.objects.bulk_create([Province(name=name) for name in words.PROVINCES], ignore_conflicts=True)
    provinces = {row.name: row for row in Province.objects.filter(name__in=words.PROVINCES)}
    homes = {name: provinces[words.PROVINCES[place % len(words.PROVINCES)]] for place, name in enumerate(words.CITIES)}
    City.objects.bulk_create([City(province=province, name=name) for name, province in homes.items()], ignore_conflicts=True)
    found = {(row.province_id, row.name): row for row in City.objects.filter(name__in=homes)}
    return [found[province.pk, name] for name, province in homes.items()]


def _departments(experts: list[User]) -> list[DepartmentStaff]:
    """Every expert works in one of them, every fourth in a second; the first of each is its head."""
    last = Department.objects.aggregate(last=Max("position"))["last"] or 0
    departments = []
    for place, name in enumerate(words.DEPARTMENTS):
        department, is_new = Department.objects.get_or_create(name=name, defaults={"position": last + place + 1})
        give_hours(apps, DEFAULT_DB_ALIAS, [department] if is_new else [])
        departments.append(department)
    teams: list[list[User]] = [[] for _ in departments]
    for place in range(max(len(experts), len(departments))):
        teams[place % len(departments)].append(experts[place % len(experts)])
        if place % 4 == 3:
            teams[(place + 1) % len(departments)].append(experts[place % len(experts)])
    for department, team in zip(departments, teams, strict=True):
        for user in dict.fromkeys(team):
            DepartmentMember.objects.get_or_create(department=department, user=user, defaults={"is_head": user == team[0]})
    return [
        DepartmentStaff(department.pk, department.name, _persons(list(dict.fromkeys(team))))
        for department, team in zip(departments, teams, strict=True)
    ]
