import json
import re

import pytest
from django.test import RequestFactory
from django.utils import translation
from django.views.i18n import JavaScriptCatalog

from tests.persian.catalogue import DOMAINS, FOLDER, compiled, entries, key_of

ARABIC_YEH_OR_KAF, STRAY_HALF_SPACE = re.compile("[يك]"), re.compile("\u200c(?:\\W|$)|(?:^|\\W)\u200c")
WORDS = [entry for entry in entries("django") if entry["msgid"]]
SCRIPT_WORDS = [entry for entry in entries("djangojs") if entry["msgid"]]
PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|%[sd]|{\w*}")


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_catalogue_is_that_of_the_source(domain):
    assert (FOLDER / f"{domain}.mo").read_bytes() == compiled(domain)


@pytest.mark.parametrize("entry", WORDS, ids=lambda entry: entry["msgid"][:40])
def test_our_words_win_over_those_of_django(entry):
    with translation.override("fa"):
        assert shown_by_django(entry) == texts(entry)


def shown_by_django(entry: dict[str, str]) -> list[str]:
    if "msgid_plural" in entry:
        return [translation.ngettext(entry["msgid"], entry["msgid_plural"], count) for count in (1, 2)]
    return [translation.gettext(entry["msgid"])]


def texts(entry: dict[str, str]) -> list[str]:
    return [text for keyword, text in entry.items() if keyword.startswith("msgstr")]


def test_our_words_win_in_the_scripts_of_the_admin():
    with translation.override("fa"):
        page = JavaScriptCatalog(packages=["django.contrib.admin"]).get(RequestFactory().get("/"))
    sent = json.loads(re.search(r"const newcatalog = ({.*?});", page.content.decode(), re.DOTALL)[1])
    shown = {key_of(entry).split("\0")[0]: texts(entry) for entry in SCRIPT_WORDS}
    assert {key: sent[key] if isinstance(sent[key], list) else [sent[key]] for key in shown} == shown


def test_nothing_is_left_in_english():
    assert [entry["msgid"] for entry in WORDS + SCRIPT_WORDS if not all(texts(entry))] == []


def test_no_placeholder_is_invented():
    known = {entry["msgid"]: set(PLACEHOLDER.findall(entry["msgid"])) for entry in WORDS + SCRIPT_WORDS}
    found = {entry["msgid"]: set(PLACEHOLDER.findall("".join(texts(entry)))) for entry in WORDS + SCRIPT_WORDS}
    assert {msgid for msgid in known if not found[msgid] <= known[msgid]} == set()


def test_letters_and_half_spaces_are_persian():
    words = [text for entry in WORDS + SCRIPT_WORDS for text in texts(entry)]
    assert [text for text in words if ARABIC_YEH_OR_KAF.search(text) or STRAY_HALF_SPACE.search(text)] == []
