"""Texts that break programs, and addresses no page of ours ever made."""

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
