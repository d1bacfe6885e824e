"""Who works in the demo: the cast that signs in, and people who are only read of."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from autonax_support.accounts.models import City, Office, Province, Role, User
from autonax_support.reference import MANAGERS
from tickets.models import Department, DepartmentMember

PASSWORD = "demo-1405"  # noqa: S105 # nosec B105 # printed for everybody who starts the demo

TECHNICAL, TRAINING, DEPLOYMENT = "پشتیبانی فنی", "آموزش", "اجرا و راه‌اندازی سیستم"
OFFICE_A, OFFICE_B, YAZD, RASHT, SHIRAZ = "729901020001", "729901040001", "729902010001", "729903020001", "729904010003"

HOST = "autonax-demo"  # the name under which demo/host.py signs

# code: province, city, title, phone
OFFICES = {
    OFFICE_A: ("نمونه", "شهر نمونه", "دفتر شهر نمونه ۲", "03500000002"),
    OFFICE_B: ("نمونه", "شهر نمونه", "دفتر شهر نمونه ۴", "03500000004"),
    YAZD: ("یزد", "یزد", "دفتر مرکزی یزد", "03500000010"),
    RASHT: ("گیلان", "رشت", "دفتر رشت ۱", "01300000001"),
    SHIRAZ: ("فارس", "شیراز", "دفتر شیراز ۳", "07100000003"),
}

# user name: full name, office, role
CLERKS = {
    "sara": ("سارا محمدی", OFFICE_A, Role.CLERK),
    "reza": ("رضا کریمی", OFFICE_A, Role.CLERK),
    "leila": ("لیلا احمدی", OFFICE_A, Role.OFFICE_MANAGER),
    "neda": ("ندا رضایی", OFFICE_B, Role.CLERK),
    "office-user": ("کاربر دفتر", OFFICE_A, Role.CLERK),
    "hamed": ("حامد اکبری", YAZD, Role.CLERK),
    "maryam": ("مریم توکلی", RASHT, Role.CLERK),
    "peyman": ("پیمان زارع", SHIRAZ, Role.CLERK),
}

HOST_CLERK, PLAYED = "1024", CLERKS["office-user"]  # the clerk of the guide comes from the host alone

# user name: full name, departments, those of them the expert is head of
EXPERTS = {
    "omid": ("امید رستمی", [TECHNICAL], []),
    "mina": ("مینا صادقی", [TRAINING], []),
    "sina": ("سینا کاظمی", [TECHNICAL], [TECHNICAL]),
    "kaveh": ("کاوه نادری", [], []),
    "javad": ("جواد صیادآبتین", [TECHNICAL, DEPLOYMENT], []),
    "narges": ("نرگس ملکی", [DEPLOYMENT], [DEPLOYMENT]),
}

SIGN_INS = {
    "sara": "کاربر دفتر شهر نمونه ۲",
    "reza": "کاربر دفتر شهر نمونه ۲",
    "leila": "مدیر دفتر شهر نمونه ۲",
    "neda": "کاربر دفتر شهر نمونه ۴",
    "omid": "کارشناس پشتیبانی فنی",
    "mina": "کارشناس آموزش",
    "sina": "سرپرست پشتیبانی فنی",
    "kaveh": "مدیر پشتیبانی",
}


def settle(now: datetime) -> dict[str, User]:
    """Puts offices, people and memberships into an empty database; people by their user names."""
    joined = now - timedelta(days=400)
    offices = {code: _office(code, joined) for code in OFFICES}
    password = make_password(PASSWORD)  # one for all: hashing it eight times would take longer than everything else
    people = {}
    for username, (full_name, code, role) in CLERKS.items():
        people[username] = _person(username, full_name, password, joined, office=offices[code], role=role)
    people["office-user"].host_issuer, people["office-user"].host_subject = HOST, HOST_CLERK
    people["office-user"].save()
    for username, (full_name, _, _) in EXPERTS.items():
        people[username] = _person(username, full_name, password, joined, role=Role.STAFF)
    _give_departments(people)
    people["kaveh"].groups.add(Group.objects.get_or_create(name=MANAGERS)[0])
    return people


def _office(code: str, joined: datetime) -> Office:
    province_name, city_name, title, phone = OFFICES[code]
    province, _ = Province.objects.get_or_create(name=province_name)
    city, _ = City.objects.get_or_create(province=province, name=city_name)
    return Office.objects.create(city=city, host_issuer=HOST, code=code, title=title, phone=phone, created_at=joined)


def _person(username: str, full_name: str, password: str, joined: datetime, **fields) -> User:
    person = User(username=username, full_name=full_name, date_joined=joined, **fields)
    if username in SIGN_INS:
        person.password = password
    else:
        person.set_unusable_password()
    person.save()
    return person


def _give_departments(people: dict[str, User]) -> None:
    for username, (_, names, headed) in EXPERTS.items():
        for name in names:
            department, _ = Department.objects.get_or_create(name=name)
            DepartmentMember.objects.create(department=department, user=people[username], is_head=name in headed)
