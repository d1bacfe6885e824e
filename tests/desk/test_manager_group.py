import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from autonax_support.reference import MANAGERS, RIGHTS, ensure_managers, last_app


def rights_of(group: Group) -> set[tuple[str, str]]:
    return set(group.permissions.values_list("content_type__app_label", "codename"))


@pytest.mark.django_db
def test_the_group_is_there_with_its_rights():
    assert rights_of(Group.objects.get(name=MANAGERS)) == RIGHTS
    assert len(RIGHTS) == 39


@pytest.mark.django_db
def test_what_the_operator_added_stays_and_what_is_missing_comes_back():
    group = Group.objects.get(name=MANAGERS)
    added = Permission.objects.get(codename="view_auditentry")
    group.permissions.set([added])
    ensure_managers(sender=last_app(), using="default", apps=apps)
    ensure_managers(sender=last_app(), using="default")
    assert rights_of(group) == RIGHTS | {("accounts", "view_auditentry")}


@pytest.mark.django_db
def test_it_comes_back_with_every_migrate():
    Group.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert rights_of(Group.objects.get(name=MANAGERS)) == RIGHTS


def test_kaveh_configures_but_hands_out_no_rights(at_home, kaveh):
    client = at_home(kaveh)
    for path in (
        "accounts/office/",
        "accounts/user/",
        "accounts/city/",
        "accounts/province/",
        "tickets/department/",
        "announcements/announcement/",
        "notices/job/",
    ):
        assert client.get(f"/admin/{path}").status_code == 200
    assert client.get("/admin/auth/group/").status_code == 403
    assert client.get("/admin/accounts/auditentry/").status_code == 403
