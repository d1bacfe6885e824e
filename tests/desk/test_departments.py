import pytest

from autonax_support.accounts.models import AuditEntry
from tickets.models import Department, DepartmentMember

MEMBERS = "members-"
LIST = "/admin/tickets/department/"


def form(name="گزارش‌گیری", position="4", rows=(), initial=0, **more):
    fields = {"name": name, "position": position, "province": "", "is_active": "on"}
    fields |= {f"{MEMBERS}TOTAL_FORMS": len(rows), f"{MEMBERS}INITIAL_FORMS": initial}
    for place, row in enumerate(rows):
        fields |= {f"{MEMBERS}{place}-{name}": value for name, value in row.items()}
    return fields | more


def test_kaveh_adds_a_department_with_its_head(at_home, kaveh, omid):
    response = at_home(kaveh).post(f"{LIST}add/", form(rows=[{"user": omid.pk, "is_head": "on"}]))
    assert response.status_code == 302
    member = DepartmentMember.objects.get(department__name="گزارش‌گیری")
    assert (member.user, member.is_head) == (omid, True)


@pytest.mark.parametrize("name", ["واحد گزارش", "بخش گزارش"])
def test_the_name_stands_without_the_word_department(at_home, kaveh, name):
    response = at_home(kaveh).post(f"{LIST}add/", form(name=name))
    assert "نام بخش را بدون «واحد» و «بخش» بنویسید." in response.content.decode()
    assert not Department.objects.filter(name=name).exists()


def test_only_staff_may_be_members(at_home, kaveh, sara):
    client = at_home(kaveh)
    assert sara.full_name not in client.get(f"{LIST}add/").content.decode()
    assert client.post(f"{LIST}add/", form(rows=[{"user": sara.pk}])).status_code == 200
    assert not DepartmentMember.objects.filter(user=sara).exists()


def test_a_member_who_is_no_longer_staff_is_still_chosen(at_home, kaveh, sara, technical):
    member = DepartmentMember.objects.create(user=sara, department=technical)
    client, place = at_home(kaveh), f"{LIST}{technical.pk}/change/"
    assert f'<option value="{sara.pk}" selected>{sara}</option>' in client.get(place).content.decode()
    row = {"id": member.pk, "department": technical.pk, "user": sara.pk}
    assert client.post(place, form("فنی", "1", [row], 1)).status_code == 302
    assert client.post(place, form("فنی", "1", [row, {"user": sara.pk}], 1)).status_code == 200
    assert list(technical.members.values_list("user", flat=True)) == [sara.pk]


def test_omid_loses_the_department_and_it_is_on_record(at_home, kaveh, omid, technical):
    member = omid.memberships.get()
    row = {"id": member.pk, "department": technical.pk, "user": omid.pk, "DELETE": "on"}
    at_home(kaveh).post(f"{LIST}{technical.pk}/change/", form(technical.name, "1", [row], 1))
    assert not omid.memberships.exists()
    assert AuditEntry.objects.filter(verb="changed", data__members={"removed": [[omid.pk, False]]}).count() == 1


def test_departments_are_not_deleted(at_home, kaveh, technical):
    client = at_home(kaveh)
    assert client.get(f"{LIST}{technical.pk}/delete/").status_code == 403
    assert client.post(f"{LIST}{technical.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Department.objects.filter(pk=technical.pk).exists()


def test_experts_do_not_see_them(at_home, sina, technical):
    client = at_home(sina)
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{technical.pk}/change/").status_code == 403
