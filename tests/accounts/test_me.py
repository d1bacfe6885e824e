from autonax_support.accounts.models import AuditEntry

ME = "/accounts/me/"


def test_sara_sees_her_office_and_role(at_home, sara):
    page = at_home(sara).get(ME).content.decode()
    assert all(fact in page for fact in ("سارا محمدی", "کاربر دفتر", "دفتر شهر نمونه ۱", "۷۲۹۹۰۱۰۲۰۰۱", "شهر نمونه، استان نمونه"))


def test_kaveh_sees_that_he_is_a_manager_and_has_no_office(at_home, kaveh):
    page = at_home(kaveh).get(ME)
    assert "کارشناس پشتیبانی، مدیر پشتیبانی" in page.content.decode()
    assert page.context["person"].office is None


def test_sara_changes_her_name(at_home, sara):
    response = at_home(sara).post(ME, {"full_name": "  سارا   كريمي "}, follow=True)
    sara.refresh_from_db()
    assert sara.full_name == "سارا کریمی"
    assert [str(message) for message in response.context["messages"]] == ["نام شما ذخیره شد."]


def test_the_change_is_on_record(at_home, sara):
    at_home(sara).post(ME, {"full_name": "سارا کریمی"})
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.data) == (
        "changed",
        sara,
        {"model": "accounts.user", "id": sara.pk, "before": "سارا محمدی", "after": "سارا کریمی"},
    )


def test_sara_keeps_her_old_name_in_the_header_while_the_new_one_is_wrong(at_home, sara):
    response = at_home(sara).post(ME, {"full_name": "س" * 151})
    assert response.context["form"].errors == {"full_name": ["این متن ۱۵۱ نویسه است؛ حداکثر ۱۵۰ نویسه پذیرفته می‌شود. آن را کوتاه کنید."]}
    assert response.wsgi_request.user.full_name == "سارا محمدی"


def test_an_empty_name_is_refused(at_home, sara):
    assert at_home(sara).post(ME, {"full_name": "\u200c "}).context["form"].errors == {"full_name": ["این قسمت را پر کنید."]}


def test_sara_cannot_give_herself_another_role(at_home, sara):
    at_home(sara).post(ME, {"full_name": "سارا", "role": "staff", "is_superuser": "on", "office": ""})
    sara.refresh_from_db()
    assert (sara.role, sara.is_superuser, sara.office is None) == ("clerk", False, False)


def test_a_stranger_must_sign_in_first(client, db):
    assert client.get(ME).url == "/accounts/login/?next=/accounts/me/"


def test_other_methods_are_refused(at_home, sara):
    assert at_home(sara).delete(ME).status_code == 405


def test_the_page_needs_few_queries(at_home, sara, django_assert_max_num_queries):
    client = at_home(sara)
    with django_assert_max_num_queries(9):
        client.get(ME)
