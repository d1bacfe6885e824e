"""The grade of the MDN HTTP Observatory, reckoned from what a page answers. The rules and their weights are those of its scoring
table (mdn/mdn-http-observatory, «SCORE_TABLE», read in November 2026), each under its own name; the code is ours.

A site begins at 100. Bonuses count only when 90 or more is left without them. 100 and more is A+.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

MODIFIER = {
    "csp-implemented-with-no-unsafe-default-src-none": 10,
    "csp-implemented-with-no-unsafe": 5,
    "csp-implemented-with-unsafe-inline-in-style-src-only": 0,
    "csp-implemented-with-insecure-scheme-in-passive-content-only": -10,
    "csp-implemented-with-unsafe-eval": -10,
    "csp-implemented-with-unsafe-inline": -20,
    "csp-implemented-with-insecure-scheme": -20,
    "csp-header-invalid": -25,
    "csp-not-implemented": -25,
    "cookies-secure-with-httponly-sessions-and-samesite": 5,
    "cookies-secure-with-httponly-sessions": 0,
    "cookies-not-found": 0,
    "cookies-without-secure-flag-but-protected-by-hsts": -5,
    "cookies-without-secure-flag": -20,
    "cookies-session-without-secure-flag-but-protected-by-hsts": -10,
    "cookies-samesite-flag-invalid": -20,
    "cookies-anticsrf-without-samesite-flag": -20,
    "cookies-session-without-httponly-flag": -30,
    "cookies-session-without-secure-flag": -40,
    "cross-origin-resource-sharing-not-implemented": 0,
    "cross-origin-resource-sharing-implemented-with-public-access": 0,
    "cross-origin-resource-sharing-implemented-with-restricted-access": 0,
    "cross-origin-resource-sharing-implemented-with-universal-access": -50,
    "redirection-to-https": 0,
    "redirection-off-host-from-http": -5,
    "redirection-not-to-https-on-initial-redirection": -10,
    "redirection-not-to-https": -20,
    "redirection-missing": -20,
    "referrer-policy-private": 5,
    "referrer-policy-not-implemented": 0,
    "referrer-policy-unsafe": -5,
    "referrer-policy-header-invalid": -5,
    "hsts-preloaded": 5,
    "hsts-implemented-max-age-at-least-six-months": 0,
    "hsts-implemented-max-age-less-than-six-months": -10,
    "hsts-not-implemented": -20,
    "hsts-header-invalid": -20,
    "sri-implemented-and-all-scripts-loaded-securely": 5,
    "sri-implemented-and-external-scripts-loaded-securely": 5,
    "sri-not-implemented-but-no-scripts-loaded": 0,
    "sri-not-implemented-but-all-scripts-loaded-from-secure-origin": 0,
    "sri-not-implemented-but-external-scripts-loaded-securely": -5,
    "sri-implemented-but-external-scripts-not-loaded-securely": -20,
    "sri-not-implemented-and-external-scripts-not-loaded-securely": -50,
    "x-content-type-options-nosniff": 0,
    "x-content-type-options-not-implemented": -5,
    "x-content-type-options-header-invalid": -5,
    "x-frame-options-implemented-via-csp": 5,
    "x-frame-options-sameorigin-or-deny": 0,
    "x-frame-options-not-implemented": -20,
    "x-frame-options-header-invalid": -20,
    "cross-origin-resource-policy-implemented-with-same-origin": 10,
    "cross-origin-resource-policy-implemented-with-same-site": 10,
    "cross-origin-resource-policy-implemented-with-cross-origin": 0,
    "cross-origin-resource-policy-not-implemented": 0,
    "cross-origin-resource-policy-header-invalid": -5,
}
LETTERS = [
    (100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (65, "B-"),
    (60, "C+"), (50, "C"), (45, "C-"), (40, "D+"), (30, "D"), (25, "D-"), (0, "F"),
]  # fmt: skip
SIX_MONTHS = 15_552_000
BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
WORST_LAST = [name for name in MODIFIER if name.startswith("cookies-") and MODIFIER[name] < 0]


@dataclass
class Seen:
    """One page as a scanner sees it. `route` is where http:// leads; header names are in lower case."""

    address: str
    headers: dict[str, str]
    html: str = ""
    cookies: list[str] = field(default_factory=list)
    route: list[str] = field(default_factory=list)
    to_a_stranger: dict[str, str] = field(default_factory=dict)
    is_preloaded: bool = False


def grade(seen: Seen) -> tuple[str, int, list[str]]:
    """Letter, score, and the rule that each of the ten tests ended in."""
    rules = [test(seen) for test in (csp, cookies, cors, redirection, referrer, hsts, sri, sniffing, framing, corp)]
    modifiers = [MODIFIER[rule] for rule in rules]
    without_bonus = 100 + sum(modifier for modifier in modifiers if modifier < 0)
    score = max(0, without_bonus if without_bonus < 90 else 100 + sum(modifiers))
    return next(letter for least, letter in LETTERS if score >= least), score, rules


def policy(seen: Seen) -> dict[str, set[str]] | None:
    """The directives of the header; None when one stands in it twice or it is none at all."""
    found: dict[str, set[str]] = {}
    for part in filter(None, (part.split() for part in seen.headers.get("content-security-policy", "").lower().split(";"))):
        if part[0] in found:
            return None
        found[part[0]] = set(part[1:]) or {"'none'"}
    return found


def csp(seen: Seen) -> str:
    found = policy(seen)
    if found is None:
        return "csp-header-invalid"
    if not found:
        return "csp-not-implemented"
    anything = {"*"}
    script, style, objects = (found.get(name, found.get("default-src", anything)) for name in ("script-src", "style-src", "object-src"))
    script, style = (_without_overruled(sources) for sources in (script, style))
    passive = {source for name in ("img-src", "media-src") for source in found.get(name, found.get("default-src", set()))}
    active = {source for name, sources in found.items() if name not in ("img-src", "media-src") for source in sources}
    verdicts = [
        (bool(script & (BROAD | INLINE) or objects & BROAD), "csp-implemented-with-unsafe-inline"),
        (_is_insecure(active), "csp-implemented-with-insecure-scheme"),
        ("'unsafe-eval'" in script | style, "csp-implemented-with-unsafe-eval"),
        (_is_insecure(passive), "csp-implemented-with-insecure-scheme-in-passive-content-only"),
        (bool(style & (BROAD | INLINE)), "csp-implemented-with-unsafe-inline-in-style-src-only"),
        (_is_tight(found), "csp-implemented-with-no-unsafe-default-src-none"),
    ]
    return next((rule for holds, rule in verdicts if holds), "csp-implemented-with-no-unsafe")


def _without_overruled(sources: set[str]) -> set[str]:
    has_nonce = any(source.startswith(("'nonce-", "'sha256-", "'sha384-", "'sha512-")) for source in sources)
    return sources - {"'unsafe-inline'"} if has_nonce else sources


def _is_insecure(sources: set[str]) -> bool:
    return any(source.startswith(("http:", "ftp:")) for source in sources)


def _is_tight(found: dict[str, set[str]]) -> bool:
    """The table's words ask for form-action as well."""
    return found.get("default-src") == {"'none'"} and found.get("form-action", {"*"}) <= {"'none'", "'self'"}


def cookies(seen: Seen) -> str:
    if not seen.cookies:
        return "cookies-not-found"
    is_strict = hsts(seen) in ("hsts-preloaded", "hsts-implemented-max-age-at-least-six-months")
    worst = [rule for line in seen.cookies for rule in _cookie_faults(line, is_strict)]
    if worst:
        return max(worst, key=WORST_LAST.index)
    has_all = all("samesite" in _attributes(line) for line in seen.cookies)
    return "cookies-secure-with-httponly-sessions" + ("-and-samesite" if has_all else "")


def _attributes(line: str) -> dict[str, str]:
    parts = [part.strip().partition("=") for part in line.split(";")[1:]]
    return {name.strip().lower(): value.strip().lower() for name, _, value in parts}


def _cookie_faults(line: str, is_strict: bool) -> list[str]:
    name, has = line.partition("=")[0].lower(), _attributes(line)
    is_session, site = "sess" in name or "login" in name, has.get("samesite")
    protected = "-but-protected-by-hsts" if is_strict else ""
    verdicts = [
        (site is not None and site not in ("lax", "strict", "none"), "cookies-samesite-flag-invalid"),
        (site == "none" and "secure" not in has, "cookies-samesite-flag-invalid"),
        ("secure" not in has, f"cookies-without-secure-flag{protected}"),
        ("csrf" in name and site is None, "cookies-anticsrf-without-samesite-flag"),
        (is_session and "secure" not in has, f"cookies-session-without-secure-flag{protected}"),
        (is_session and "httponly" not in has, "cookies-session-without-httponly-flag"),
    ]
    return [rule for holds, rule in verdicts if holds]


def cors(seen: Seen) -> str:
    allowed = seen.to_a_stranger.get("access-control-allow-origin", "")
    if not allowed:
        return "cross-origin-resource-sharing-not-implemented"
    if allowed == "*":
        return "cross-origin-resource-sharing-implemented-with-public-access"
    lets_in = seen.to_a_stranger.get("access-control-allow-credentials", "").lower() == "true"
    is_mirrored = allowed == seen.to_a_stranger.get("origin")
    return f"cross-origin-resource-sharing-implemented-with-{'universal' if lets_in and is_mirrored else 'restricted'}-access"


def redirection(seen: Seen) -> str:
    stops = [urlsplit(stop) for stop in seen.route]
    if len(stops) < 2:
        return "redirection-missing"
    if stops[-1].scheme != "https":
        return "redirection-not-to-https"
    if stops[1].scheme == "http":
        return "redirection-not-to-https-on-initial-redirection"
    return "redirection-to-https" if stops[0].hostname == stops[1].hostname else "redirection-off-host-from-http"


def referrer(seen: Seen) -> str:
    value = seen.headers.get("referrer-policy")
    if value is None:
        return "referrer-policy-not-implemented"
    good = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
    bad = ("origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade")
    known = [word for word in (word.strip().lower() for word in value.split(",")) if word in good + bad]
    if not known:
        return "referrer-policy-header-invalid"
    return "referrer-policy-private" if known[-1] in good else "referrer-policy-unsafe"


def hsts(seen: Seen) -> str:
    if seen.is_preloaded:
        return "hsts-preloaded"
    value = seen.headers.get("strict-transport-security")
    if value is None:
        return "hsts-not-implemented"
    ages = [part.strip()[8:] for part in value.lower().split(";") if part.strip().startswith("max-age=")]
    if "," in value or not ages or not ages[0].isdigit():
        return "hsts-header-invalid"
    return f"hsts-implemented-max-age-{'at-least' if int(ages[0]) >= SIX_MONTHS else 'less-than'}-six-months"


class Scripts(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.count, self.loaded = 0, []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.count += 1
            self.loaded += [dict(attrs)] if dict(attrs).get("src") else []


def sri(seen: Seen) -> str:
    scripts = Scripts(seen.html)
    if not scripts.count:
        return "sri-not-implemented-but-no-scripts-loaded"
    host = urlsplit(seen.address).hostname
    ours = [script for script in scripts.loaded if urlsplit(script["src"]).hostname in (None, host)]
    foreign = [script for script in scripts.loaded if script not in ours]
    open_ones = [script for script in foreign if urlsplit(script["src"]).scheme != "https"]
    if any("integrity" not in script for script in open_ones):
        return "sri-not-implemented-and-external-scripts-not-loaded-securely"
    if any("integrity" not in script for script in foreign):
        return "sri-not-implemented-but-external-scripts-loaded-securely"
    if open_ones:
        return "sri-implemented-but-external-scripts-not-loaded-securely"
    if foreign:
        return "sri-implemented-and-external-scripts-loaded-securely"
    has_integrity = any("integrity" in script for script in ours)
    return (
        "sri-implemented-and-all-scripts-loaded-securely"
        if has_integrity
        else "sri-not-implemented-but-all-scripts-loaded-from-secure-origin"
    )


def sniffing(seen: Seen) -> str:
    value = seen.headers.get("x-content-type-options")
    if value is None:
        return "x-content-type-options-not-implemented"
    return "x-content-type-options-nosniff" if value.strip().lower() == "nosniff" else "x-content-type-options-header-invalid"


def framing(seen: Seen) -> str:
    if (policy(seen) or {}).get("frame-ancestors"):
        return "x-frame-options-implemented-via-csp"
    value = seen.headers.get("x-frame-options")
    if value is None:
        return "x-frame-options-not-implemented"
    return "x-frame-options-sameorigin-or-deny" if value.strip().lower() in ("deny", "sameorigin") else "x-frame-options-header-invalid"


def corp(seen: Seen) -> str:
    value = seen.headers.get("cross-origin-resource-policy", "").strip().lower()
    if value in ("same-origin", "same-site", "cross-origin"):
        return f"cross-origin-resource-policy-implemented-with-{value}"
    return f"cross-origin-resource-policy-{'header-invalid' if value else 'not-implemented'}"
