"""A+ by the rules of the MDN HTTP Observatory for the pages of a production site; and the grader itself, shown bad headers."""

import json

import pytest

from tests.project.observatory import Seen, grade
from tests.project.running import production, run

SITE = "https://support.example.ir"
WAY = [f"http://support.example.ir{path}" for path in ("/inbox/",)] + [f"{SITE}/inbox/"]


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    (folder / "static").mkdir()
    site = run("-m", "tests.project.scanned", **production(folder, DJANGO_SETTINGS_MODULE="tests.project.production"))
    assert site.returncode == 0, site.stderr
    return json.loads(site.stdout)


def seen(answers, page):
    one, moved = answers[page], answers["moved"]
    route = ["http://support.example.ir/inbox/", moved["headers"].get("location", "")]
    return Seen(one["way"][-1], one["headers"], one["html"], one["cookies"], route, one["to_a_stranger"])


@pytest.mark.parametrize("page", ["inbox", "sign-in", "admin sign-in", "desk"])
def test_the_page_is_graded_a_plus(answers, page):
    letter, score, rules = grade(seen(answers, page))
    assert answers[page]["status"] == 200
    assert (letter, score) == ("A+", 135), rules


def test_the_admin_has_no_sign_in_of_its_own(answers):
    assert answers["admin sign-in"]["way"][1:] == ["/accounts/login/?next=%2Fadmin%2F"]


@pytest.mark.parametrize("page", ["inbox", "desk"])
def test_every_cookie_is_of_this_host_only_and_closed_to_scripts(answers, page):
    lines = answers[page]["cookies"]
    assert {line.partition("=")[0] for line in lines} == {"__Host-session", "__Host-csrf", "__Host-theme"}
    wanted = ("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/")
    assert [(line, part) for line in lines for part in wanted if part not in line] == []
    assert [line for line in lines if "Domain" in line] == []


def test_the_theme_is_read_from_that_cookie(answers):
    assert answers["inbox"]["themed"] is True


def test_http_leads_to_the_same_page_over_tls(answers):
    assert (answers["moved"]["status"], answers["moved"]["headers"]["location"]) == (301, f"{SITE}/inbox/")


GOOD = {
    "content-security-policy": "default-src 'none'; script-src 'nonce-x'; style-src 'self'; form-action 'self'; frame-ancestors 'none'",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}
COOKIE = "__Host-session=a; Path=/; Secure; HttpOnly; SameSite=Lax"
CSP, HSTS = "content-security-policy", "strict-transport-security"
LOOSE = "default-src 'none'; form-action 'self'; frame-ancestors 'none'; "


def a_page(headers: dict | None = None, **changes) -> Seen:
    whole = {name: value for name, value in (GOOD | (headers or {})).items() if value is not None}
    return Seen(**({"address": f"{SITE}/", "headers": whole, "html": "<p>", "cookies": [COOKIE], "route": WAY} | changes))


def test_the_grader_gives_a_sound_page_all_bonuses():
    letter, score, _ = grade(a_page())
    assert (letter, score) == ("A+", 100 + 10 + 5 + 5 + 5 + 10)


@pytest.mark.parametrize(
    ("page", "rule", "letter", "score"),
    [
        (a_page({CSP: None, "x-frame-options": "DENY"}), "csp-not-implemented", "B", 75),
        (a_page({CSP: "default-src 'none'; default-src 'self'"}), "csp-header-invalid", "C", 55),
        (a_page({CSP: LOOSE + "script-src 'self' 'unsafe-inline'"}), "csp-implemented-with-unsafe-inline", "B+", 80),
        (
            a_page({CSP: LOOSE + "script-src 'self' 'unsafe-inline' 'nonce-x'"}),
            "csp-implemented-with-no-unsafe-default-src-none",
            "A+",
            135,
        ),
        (a_page({CSP: LOOSE + "script-src https:"}), "csp-implemented-with-unsafe-inline", "B+", 80),
        (a_page({CSP: "script-src 'self'; frame-ancestors 'none'"}), "csp-implemented-with-unsafe-inline", "B+", 80),
        (a_page({CSP: LOOSE + "script-src http://cdn.example"}), "csp-implemented-with-insecure-scheme", "B+", 80),
        (a_page({CSP: LOOSE + "script-src 'self' 'unsafe-eval'"}), "csp-implemented-with-unsafe-eval", "A+", 115),
        (a_page({CSP: LOOSE + "img-src http:"}), "csp-implemented-with-insecure-scheme-in-passive-content-only", "A+", 115),
        (a_page({CSP: LOOSE + "style-src 'unsafe-inline'"}), "csp-implemented-with-unsafe-inline-in-style-src-only", "A+", 125),
        (a_page({CSP: "default-src 'self'; form-action 'self'; frame-ancestors 'none'"}), "csp-implemented-with-no-unsafe", "A+", 130),
        (a_page({CSP: "default-src 'none'; frame-ancestors 'none'"}), "csp-implemented-with-no-unsafe", "A+", 130),
        (a_page(cookies=[]), "cookies-not-found", "A+", 130),
        (a_page(cookies=[COOKIE, "theme=dark; Secure"]), "cookies-secure-with-httponly-sessions", "A+", 130),
        (a_page(cookies=["theme=dark; SameSite=Lax"]), "cookies-without-secure-flag-but-protected-by-hsts", "A+", 125),
        (a_page({HSTS: None}, cookies=["theme=dark; SameSite=Lax"]), "cookies-without-secure-flag", "C+", 60),
        (a_page(cookies=["session=a; HttpOnly; SameSite=Lax"]), "cookies-session-without-secure-flag-but-protected-by-hsts", "A+", 120),
        (a_page({HSTS: None}, cookies=["session=a; HttpOnly; SameSite=Lax"]), "cookies-session-without-secure-flag", "D+", 40),
        (a_page(cookies=["session=a; Secure; SameSite=Lax"]), "cookies-session-without-httponly-flag", "B", 70),
        (a_page(cookies=["csrf=a; Secure"]), "cookies-anticsrf-without-samesite-flag", "B+", 80),
        (a_page(cookies=["theme=a; Secure; SameSite=Loose"]), "cookies-samesite-flag-invalid", "B+", 80),
        (a_page({HSTS: None}), "hsts-not-implemented", "B+", 80),
        (a_page({HSTS: "max-age=86400"}), "hsts-implemented-max-age-less-than-six-months", "A+", 125),
        (a_page({HSTS: "includeSubDomains"}), "hsts-header-invalid", "B+", 80),
        (a_page(is_preloaded=True), "hsts-preloaded", "A+", 140),
        (a_page({"referrer-policy": None}), "referrer-policy-not-implemented", "A+", 130),
        (a_page({"referrer-policy": "same-origin, unsafe-url"}), "referrer-policy-unsafe", "A+", 125),
        (a_page({"referrer-policy": "secret"}), "referrer-policy-header-invalid", "A+", 125),
        (a_page({"x-content-type-options": None}), "x-content-type-options-not-implemented", "A+", 130),
        (a_page({"x-content-type-options": "sniff"}), "x-content-type-options-header-invalid", "A+", 130),
        (a_page({CSP: "default-src 'none'; form-action 'self'"}), "x-frame-options-not-implemented", "B+", 80),
        (
            a_page({CSP: "default-src 'none'; form-action 'self'", "x-frame-options": "DENY"}),
            "x-frame-options-sameorigin-or-deny",
            "A+",
            130,
        ),
        (a_page({CSP: "default-src 'none'; form-action 'self'", "x-frame-options": "ALL"}), "x-frame-options-header-invalid", "B+", 80),
        (a_page({"cross-origin-resource-policy": None}), "cross-origin-resource-policy-not-implemented", "A+", 125),
        (a_page({"cross-origin-resource-policy": "cross-origin"}), "cross-origin-resource-policy-implemented-with-cross-origin", "A+", 125),
        (a_page({"cross-origin-resource-policy": "all"}), "cross-origin-resource-policy-header-invalid", "A+", 120),
        (a_page(route=WAY[:1]), "redirection-missing", "B+", 80),
        (a_page(route=[WAY[0], "http://other.example/"]), "redirection-not-to-https", "B+", 80),
        (a_page(route=[WAY[0], "http://other.example/", SITE]), "redirection-not-to-https-on-initial-redirection", "A+", 125),
        (a_page(route=[WAY[0], "https://other.example/"]), "redirection-off-host-from-http", "A+", 130),
        (
            a_page(to_a_stranger={"access-control-allow-origin": "*"}),
            "cross-origin-resource-sharing-implemented-with-public-access",
            "A+",
            135,
        ),
        (
            a_page(to_a_stranger={"access-control-allow-origin": "x", "origin": "x", "access-control-allow-credentials": "true"}),
            "cross-origin-resource-sharing-implemented-with-universal-access",
            "C",
            50,
        ),
        (a_page(html="<script src=/a.js></script>"), "sri-not-implemented-but-all-scripts-loaded-from-secure-origin", "A+", 135),
        (a_page(html="<script src=/a.js integrity=x></script>"), "sri-implemented-and-all-scripts-loaded-securely", "A+", 140),
        (
            a_page(html="<script src=https://b.example/a.js></script>"),
            "sri-not-implemented-but-external-scripts-loaded-securely",
            "A+",
            130,
        ),
        (a_page(html="<script src=//b.example/a.js></script>"), "sri-not-implemented-and-external-scripts-not-loaded-securely", "C", 50),
    ],
)
def test_the_grader_names_what_is_wrong(page, rule, letter, score):
    got = grade(page)
    assert rule in got[2]
    assert got[:2] == (letter, score)


def test_nothing_at_all_is_an_f():
    assert grade(Seen(f"{SITE}/", {}, cookies=["session=a"]))[:2] == ("F", 0)
