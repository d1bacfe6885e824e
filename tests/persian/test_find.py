import pytest

from tests.persian.fts import finds

ZWNJ, RLM, RLE, PDF = "\u200c", "\u200f", "\u202b", "\u202c"

PAIRS = [
    ("کیف", "كيف پول پیدا شد", True),
    ("علی", "على رضايي", True),
    ("خانه", "خانة مسافر", True),
    ("مسافر", "مُسافِرِ تاکسی", True),
    ("محمد", "مـحـمـد", True),
    ("آب", "اب گرم قطع است", True),
    ("اب", "آب سرد", True),
    ("تاکسیرانی", f"سازمان تاکسی{ZWNJ}رانی", True),
    ("تاکسی رانی", f"سازمان تاکسی{ZWNJ}رانی", True),
    (f"تاکسی{ZWNJ}رانی", "سازمان تاکسی رانی", True),
    ("تاکسی رانی", "سازمان تاکسیرانی تهران", True),
    (f"می{ZWNJ}شود", "خطا می شود", True),
    ("میشود", f"خطا می{ZWNJ}شود", True),
    ("پلاک", f"پلاک{ZWNJ}های جدید", True),
    ("پلاکهای", "پلاک های جدید", True),
    (f"پلاک{ZWNJ}ها", "پلاک خودرو", True),
    ("۱۲۳۴", "شماره 1234", True),
    ("1234", "شماره ۱۲۳۴", True),
    ("1234", "شماره ١٢٣٤", True),
    ("مسئول", "مسؤول فنی", True),
    ("مسوول", "مسئول فنی", True),
    ("خانه", "خانه\u0654 راننده", True),
    ("خانه", "خان\u06c0 راننده", True),
    ("رئیس", "رییس منطقه", True),
    ("سؤال", "سوال دارم", True),
    ("محمد", "\ufee3\ufea4\ufee4\ufeaa رضایی", True),
    ("سلام", "\ufeb3\ufefcم", True),
    ("ریال", "۵۰۰۰\ufdfc", True),
    ("تاکسی", f"{RLE}تاکسی{PDF}", True),
    (f"تاک{RLM}سی", "تاکسی", True),
    ("INV-2041", "رسید inv-2041 ثبت شد", True),
    ("۱۲ب۳۴۵", "پلاک 12 ب 345 ایران 67", True),
    ("12 ب 345", "پلاک ۱۲ب۳۴۵-۶۷", True),
    ("ali@example.ir", "ایمیل Ali@Example.ir", True),
    ("خودروی", "خودرو سفید", False),
    ("بار", "تبار خانوادگی", False),
    ("کد", "کدام ایستگاه", False),
    ("شیر", "شیراز", True),
    ("آن", "شماره ان", True),
    ("راننده زن", "راننده تاکسی", False),
]
MORE = [
    ("هیئت", "هیأت مدیره", True),
    ("مسئولیت", "مسوولیت دفتر", True),
    ("مسأله", "مسئله پرونده", True),
    ("جرأت", "جرئت", True),
    ("آی پی", "آدرس آی پی دستگاه", True),
    ("آدرس آی پی", "آدرس آی پی دستگاه", True),
    (f"آی{ZWNJ}پی", "آدرس آی پی", True),
    ("تر", "لباس تر", True),
    ("کد", "کد ها جابه‌جا شده", True),
    ("کدها", "کد پرونده", True),
    ("سازمان تاکسی رانی تهران", "سازمان تاکسیرانی تهران", True),
    ("خطا و پلاک", "پلاک خطا دارد", True),
    ("تمدید پروانه", "خطای کد ملی - تمدید پروانه تاکسیرانی", True),
    ("کد ملی", "خطای کد ملی - تمدید پروانه تاکسیرانی", True),
    ("345", "12ب3456", False),
    ("99010294000040", "شماره پیگیری ۹۹۰۱۰۲۹۴۰۰۰۰۴۰", True),
    ("990102", "شماره پیگیری ۹۹۰۱۰۲۹۴۰۰۰۰۴۰", True),
    ("ﷺ", "صلى الله علیه وسلم", True),
    ("محمد", "مـ\ufe76حمد", True),
    ("۱۴۰۵/۰۹/۰۲", "تاریخ 1405/09/02", True),
    ("انتها", "انتقال پرونده", False),
    ("!!!", "هر چیزی", False),
    ("", "هر چیزی", False),
]


@pytest.mark.parametrize(("query", "text", "found"), PAIRS)
def test_a_clerk_finds_a_word_however_it_is_spelt(query, text, found):
    assert finds(query, text) is found


@pytest.mark.parametrize(("query", "text", "found"), MORE)
def test_search_meets_what_offices_really_type(query, text, found):
    assert finds(query, text) is found


def test_all_forty_pairs_of_the_measured_table_are_here():
    assert len(PAIRS) == 40
