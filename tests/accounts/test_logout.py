from autonax_support.accounts.models import AuditEntry

LOGOUT = "/accounts/logout/"


def test_sara_leaves_and_nothing_of_her_session_stays(at_home, sara):
    client = at_home(sara)
    session = client.session
    assert client.post(LOGOUT).url == "/accounts/out/"
    assert session.exists(session.session_key) is False
    assert client.get("/accounts/me/").url.partition("?")[0] == "/accounts/login/"


def test_the_page_after_it_offers_the_way_back(client, db):
    page = client.get("/accounts/out/").content.decode()
    assert "از حساب خود خارج شدید." in page
    assert 'href="/accounts/login/">ورود دوباره</a>' in page


def test_sara_who_is_signed_in_is_not_told_that_she_left(at_home, sara):
    assert at_home(sara).get("/accounts/out/").url == "/inbox/"


def test_leaving_is_on_record(at_home, sara):
    at_home(sara).post(LOGOUT)
    assert [(entry.verb, entry.actor, entry.address) for entry in AuditEntry.objects.all()] == [("sign_out", sara, "127.0.0.1")]


def test_leaving_twice_does_no_harm(client, db):
    assert client.post(LOGOUT).url == "/accounts/out/"
    assert AuditEntry.objects.count() == 0


def test_a_link_cannot_sign_sara_out(at_home, sara):
    client = at_home(sara)
    assert client.get(LOGOUT).status_code == 405
    assert client.get("/accounts/me/").status_code == 200


def test_omid_leaves_the_desk_by_the_same_door(at_home, omid):
    client = at_home(omid)
    assert client.post("/admin/logout/").url == "/accounts/out/"
    assert client.get("/admin/").status_code == 302
