"""Texts that break programs, and addresses no page of ours ever made."""

from urllib.parse import quote

SURROGATE = "%ED%A0%80"  # a lone surrogate, as bytes that are no UTF-8

MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><iframe src=//example.com></iframe>",
    '<a href=javascript:alert(1)>x</a> http://example.com/"onmouseover=alert(1)',
    "<b>پررنگ</b> &lt;i&gt; &amp;amp; &#x27;",
    "{{ request.user.password }} {% load i18n %} ${7*7} #{7*7}",
    "<!-- <![CDATA[ <?php echo 1 ?> ]]>",
]
LETTERS = [
    "سارا\u200cها و کتاب\u200cخانه",
    "\u202eمعکوس\u202c \u2066جزیره\u2069 \u200fراست",
    "يك ك ۀ ة أ إ ؤ ئ",
    "١٢٣٤٥ ۱۲۳۴۵ ١٢٣,٤٥٦٫٧٨٩",
    "Z̸̢̛͔a̶͠l̵̨g̶o̴ n̈ e\u0301",
    "👩‍👩‍👧‍👦 🏳️‍🌈 🇮🇷 \U0001f574\ufe0f",
    "\ufeff\u00a0\u2003\u3000\u00ad",
    "ﷺ ﷽ ﻻ ﻼ ﮎ",
    "ⒶⒷ ﬁ ½ ² ٪ ℃ İ ı ß ſ",
    "𠜎𠜱𡿺 社會科學院 パーティー 사회과학원 Здравствуйте",
]
COMMANDS = [
    "' OR 1=1 --",
    "1; DROP TABLE tickets_ticket; --",
    "\\'; \\\\ % _ %% %s %d {0} {} $1 :1 ?",
    "../../../../etc/passwd\\..\\..",
    "$(touch x) `touch x` | touch x && touch x",
    "=cmd|' /C calc'!A0 +1+1 @SUM(1)",
    '(a+)+$ [[[ ]]] *** *ستاره* "گیومه" «گیومه» - -- & | ! :* <-> AND OR NOT NEAR',
    "NULL undefined NaN Infinity -0 1e309 0x7fffffff 2147483648 9223372036854775808 True",
    "a\tb\rc\nd\x0be\x0cf\x85g\u2028h\u2029i",
    "\x00\x01\x08\x1b[31m\x7f\x9f",
    "\ud800 \udfff",
]
TEXTS = [*MARKUP, *LETTERS, *COMMANDS]

HUGE_NUMBERS = ["0", "-1", "2147483648", "9223372036854775808", "9" * 30, "1e9", "1.0", "0x10"]
GARBAGE = [
    "",
    "x",
    "-",
    "1-",
    "-1",
    "1-1-1",
    "_",
    "%00",
    SURROGATE,
    "9" * 40,
    "9" * 18 + "-" + "9" * 10,
    "2026-13-45T99:99_1",
    "null",
    "[]",
    "AAAA",
    "=",
    "%",
    "%zz",
]

# Queries that nobody means, as they stand in an address, and what a list with the word «پلاک» says to them; THERE: nothing, it is shown
TOO_LONG, NOTHING, THERE = "متن جستجو را کوتاه‌تر کنید؛ ۲۰۰ نویسه کافی است.", "» چیزی پیدا نشد.", ""
QUERIES = {
    "ten thousand letters": (quote("م" * 10_000), TOO_LONG),
    "words of ten thousand letters": (quote("پلاک " * 2_000), TOO_LONG),
    "ten thousand brackets": ("(" * 10_000, TOO_LONG),
    "ten thousand half-spaces": (quote("\u200c" * 10_000), THERE),
    "stop words": (quote("از و به که"), NOTHING),
    "punctuation": (quote("؟! ،.؛ «» - _ …"), NOTHING),
    "half-spaces and directions": (quote("\u200c \u200f\u202e\u2066 \ufeff"), THERE),
    "other invisible signs": (quote("\u2062\ufe0f\u034f\U000e0041\u3164"), NOTHING),
    "operators": (quote("& | ! <-> :* ( ) ' \""), NOTHING),
    "operators at a word": (quote("پلاک:* & !پلاک | ('پلاک'"), THERE),
    "a quote": ("'", NOTHING),
    "a condition": (quote("' OR 1=1 --"), NOTHING),
    "percent": ("%25", NOTHING),
    "percent as it is": ("%", NOTHING),
    "percent and no number": ("%zz", NOTHING),
    "percent and underline": (quote("%_%"), NOTHING),
    "backslash": (quote("\\"), NOTHING),
    "NUL": ("%00", THERE),
    "NUL in a word": (quote("پلا\x00ک"), THERE),
    "a lone surrogate": (SURROGATE, NOTHING),
    "half a letter": (quote("پلاک")[:-3], THERE),
    "bytes that are no text": ("%FF%FE%F0%28%8C%28", NOTHING),
    "a list": ("x&q[]=1&q=", THERE),
}
# of /announcements/; the lists of tickets have other columns
KEY_OF_ANNOUNCEMENTS = "0-1790000000000000-7"
