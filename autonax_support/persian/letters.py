"""The character map of search, as data. A change here needs a new KEY_VERSION and rebuilt keys."""

KEY_VERSION = 3

ZWNJ = "\u200c"

LETTERS = {
    "ی": "\u064a\u0649\u0626\u06d2\u06d3\u06cd\u06ce\u06d0\u06d1\u063d\u063e\u063f",
    "ک": "\u0643\u06aa\u06ab\u06ac\u06ad\u06ae",
    "ه": "\u0629\u06c0\u06c1\u06c2\u06c3\u06be\u06d5\u06ff",
    "ا": "\u0622\u0623\u0625\u0671\u0672\u0673\u0675",
    "و": "\u0624\u06c6\u06c7\u06c8\u06ca\u06cb\u0676\u0677",
    "ف": "\u06a4",
    "ق": "\u06a8",
    "ت": "\u0679",
    "د": "\u0688",
    "ر": "\u0691",
    "ن": "\u06ba",
}

# Hamza alone, tatweel, high hamza, the two Quranic small letters. Marks and invisible characters
# go by their Unicode category: Mn, Me, Cf.
DELETED = "\u0621\u0640\u0674\u06e5\u06e6"

# Isolated marks: the compatibility form of U+FE76 begins with a space and would split the word.
ISOLATED_MARKS = [*range(0xFE70, 0xFE80), *range(0xFC5E, 0xFC64)]

# Spellings that remain apart after the letters are folded; a word that begins so is rewritten.
ALIASES = {
    "مسیول": "مسوول",
    "مسیله": "مساله",
    "هییت": "هیات",
    "جریت": "جرات",
    "شیون": "شوون",
}

PREFIXES = frozenset(["می", "نمی"])
PLURALS = ["هایشان", "هایتان", "هایمان", "هایش", "هایت", "هایم", "هایی", "های", "ها"]  # longest first
SUFFIXES = frozenset(PLURALS + ["ترین", "تری", "تر", "ای", "ام", "ات", "اش", "ایم", "اید", "اند", "مان", "تان", "شان"])
# «معاینه‌ی فنی»; after a half-space only, since a ی that stands alone is the letter of a plate
EZAFE = "ی"

COMMON = "و در به از که این ان را با برای تا یا هم است بود شد می نمی ها های یک بر هر اما اگر"
STOP_WORDS = frozenset(COMMON.split())  # of queries only
