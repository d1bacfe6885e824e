"""Posts as nobody's browser would send them: any field with any value, once or often, in any encoding and shape, with any file."""

from dataclasses import dataclass
from urllib.parse import quote_plus

from hypothesis import strategies as st

from tests.asking import FORM
from tests.files import crafting as make
from tests.hostile.strings import naughty

BOUNDARY = "grenze"
NAMES = [
    "subject", "body", "department", "tracking_number", "national_id", "no_case", "case_kind", "submission_key", "draft_token",
    "draft_version", "draft_page", "save_draft", "confirm_national_id", "file_anyway", "attachments", "attachment_name", "remove", "seen",
    "stars", "remark", "kind", "then", "development_done", "reason", "assignee", "priority", "promised", "next", "theme", "username",
    "password", "full_name", "title", "name", "code", "role", "office", "groups", "is_active", "is_superuser", "is_staff", "_save",
    "_continue", "_popup", "_to_field", "action", "_selected_action", "select_across", "index", "csrfmiddlewaretoken", "id", "pk", "owner",
    "author", "status", "number", "size", "draft", "q", "after", "x", "", "body[]", "__proto__", "members-TOTAL_FORMS",
    "members-INITIAL_FORMS", "members-0-user", "form-TOTAL_FORMS", "form-INITIAL_FORMS",
]  # fmt: skip
TELLING = [
    "", " ", "0", "1", "-1", "2", "5", "6", "1.5", "1e9", "9" * 40, "۵", "٣", "on", "off", "true", "null", "[]", "{}", "answer", "note",
    "stay", "close",
    "next", "urgent", "normal", "other", "none", "dark", "draft", "/inbox/", "//example.com", "۱۴۰۵/۰۹/۰۲", "۱۴۰۵/۱۳/۴۰",
    "9999/12/29",
    "00000000-0000-0000-0000-000000000000", "8520342272", "99010294000040", "\x00", "\ud800", "متن " * 6000,
]  # fmt: skip
FILES = [
    b"", b"x", make.picture(), make.PDF, make.EXE, make.docx(), make.bomb_png(9_000, 9_000), make.archive({"a": b"x"}), bytes(70_000),
]  # fmt: skip
FILE_NAMES = [
    "a.png",
    "a.txt",
    "a.pdf",
    "a.docx",
    "a.exe",
    "",
    " ",
    ".htaccess",
    "../../a.png",
    "کارت\u202egpj.exe",
    'a".png',
    "a" * 300 + ".png",
]
CHARSETS = ["utf-8", "windows-1256", "utf-16", "utf-7", "iso-8859-1", "ascii", "nonsense", "hex", "idna", "punycode", "undefined", ""]


@dataclass(frozen=True)
class Post:
    body: bytes
    content_type: str


def values(known: list[str]) -> st.SearchStrategy[str]:
    texts = st.text(max_size=40) | st.text(st.sampled_from("۰۱۲۳۴۵۶۷۸۹٠١0123456789/-.: ‌یكي<>\"'&"), max_size=30)
    return st.sampled_from([*known, *TELLING]) | st.sampled_from(naughty()) | texts


@st.composite
def posts(draw, form: dict[str, str]) -> Post:
    """`form` is what the page's own form would send: many posts begin with it and go astray from there."""
    fields = list(form.items()) if draw(st.integers(0, 9)) else []
    for _ in range(draw(st.sampled_from([0, 1, 1, 2, 2, 3, 6]))):
        name = draw(st.sampled_from([*form, *NAMES]) | st.text(max_size=12))
        value = draw(values(list(form.values())))
        fields = [pair for pair in fields if pair[0] != name or draw(st.booleans())]  # instead of what was there, or beside it
        fields.insert(draw(st.integers(0, len(fields))), (name, value))
    shape = draw(st.sampled_from(["form"] * 6 + ["files"] * 3 + ["odd"]))
    return {"form": as_form, "files": as_files, "odd": as_odd}[shape](draw, fields)


def as_form(draw, fields: list[tuple[str, str]]) -> Post:
    charset = draw(st.sampled_from(["utf-8"] * 30 + CHARSETS))
    body = "&".join(f"{quote_plus(raw(name, charset))}={quote_plus(raw(value, charset))}" for name, value in fields)
    return Post(body.encode(), f"{FORM}; charset={charset}" if charset != "utf-8" else FORM)


def as_files(draw, fields: list[tuple[str, str]]) -> Post:
    lines = [part(f'name="{name}"', raw(value, "utf-8")) for name, value in fields]
    for _ in range(draw(st.integers(0, 3))):
        field = draw(st.sampled_from(["attachments", "attachments", "body", "x", ""]))
        told = f'name="{field}"; filename="{draw(st.sampled_from(FILE_NAMES))}"'
        lines.append(part(told, draw(st.sampled_from(FILES)), draw(st.sampled_from(["image/png", "text/html", "", "x" * 300]))))
    end = draw(st.sampled_from([f"--{BOUNDARY}--\r\n"] * 5 + [""])).encode()
    boundary = draw(st.sampled_from([BOUNDARY] * 20 + ["other", "", "x" * 300]))
    return Post(b"".join(lines) + end, f"multipart/form-data; boundary={boundary}")


def as_odd(draw, fields: list[tuple[str, str]]) -> Post:
    kinds = [
        "application/json",
        "text/plain",
        "application/octet-stream",
        "",
        "multipart/form-data",
        "multipart/mixed; boundary=x",
        "x/y; z",
    ]
    return Post(draw(st.binary(max_size=200)) + repr(fields).encode("utf-8", "replace"), draw(st.sampled_from([*kinds, FORM])))


def part(told: str, content: bytes, kind: str = "") -> bytes:
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {told}\r\n" + (f"Content-Type: {kind}\r\n" if kind else "")
    return raw(head, "utf-8") + b"\r\n" + content + b"\r\n"


def raw(text: str, charset: str) -> bytes:
    try:
        return text.encode(charset, "ignore" if charset != "utf-8" else "surrogatepass")
    except (LookupError, UnicodeError, ValueError, TypeError):
        return text.encode("utf-8", "surrogatepass")
