"""The form pack: what Sara sees and hears of a form, refused or not."""

import re

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.template import engines
from django.utils.datastructures import MultiValueDict

DEPARTMENTS = [("1", "پشتیبانی فنی"), ("2", "آموزش")]


class Filing(forms.Form):
    subject = forms.CharField(label="موضوع", help_text="موضوع <فعالیت> را وارد کنید.")
    department = forms.ChoiceField(label="واحد مسئول", choices=DEPARTMENTS, widget=forms.RadioSelect, help_text="دقت کنید.")
    kind = forms.ChoiceField(label="نوع", choices=DEPARTMENTS, required=False)
    national_id = forms.CharField(label="شماره ملی", required=False)
    confirm_national_id = forms.BooleanField(label="در پرونده همین است", required=False)
    body = forms.CharField(label="متن پیام", widget=forms.Textarea)
    no_case = forms.BooleanField(label="بدون پرونده", required=False)
    attachments = forms.FileField(label="پیوست", required=False)
    submission_key = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        shown = [name for name in self.fields if name != "confirm_national_id"]
        self.helper.layout = Layout(*shown)
        self.helper.add_input(Submit("go", "ثبت تیکت"))
        self.helper.add_input(Submit("save_draft", "ذخیره پیش‌نویس", css_class="btn--quiet"))


class Warned(Filing):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["national_id"].warning = "رقم آخر <سازگار> نیست."
        self.fields["national_id"].confirm = self["confirm_national_id"]


def whole(form: forms.Form) -> str:
    return engines["django"].from_string("{% load crispy_forms_tags %}{% crispy form %}").render({"form": form})


def one(field: forms.BoundField) -> str:
    return engines["django"].from_string("{% load crispy_forms_filters %}{{ field|as_crispy_field }}").render({"field": field})


def ids(html: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', html)


def described_by(html: str) -> list[str]:
    return [name for names in re.findall(r'aria-describedby="([^"]+)"', html) for name in names.split()]


def refused() -> Filing:
    return Filing({"subject": "", "national_id": "1", "submission_key": ""})


def test_every_description_leads_somewhere():
    html = whole(Warned({"subject": "", "body": "متن"}))
    assert set(described_by(html)) - set(ids(html)) == set()
    assert len(ids(html)) == len(set(ids(html)))


def test_a_wrong_field_is_described_by_help_and_error():
    html = one(refused()["subject"])
    assert described_by(html) == ["id_subject_helptext", "id_subject_error"]
    assert html.count('aria-invalid="true"') == 1


def test_radios_are_described_by_their_group():
    html = one(refused()["department"])
    fieldset = re.search(r"<fieldset[^>]*>", html).group()
    assert described_by(fieldset) == ["id_department_helptext", "id_department_error"]
    assert described_by(html) == described_by(fieldset)
    assert re.findall(r'<label class="choice" for="([^"]+)">', html) == ["id_department_0", "id_department_1"]


def test_the_error_stands_at_its_field():
    html = one(refused()["body"])
    assert re.findall(r"<li><svg.*?</svg><span>(.*?)</span></li>", html) == [str(refused()["body"].errors[0])]
    assert 'class="field field--error"' in html


def test_nothing_a_field_says_becomes_markup():
    form = Warned({"subject": "<b>x</b>"})
    form.add_error("subject", "<i>نادرست</i>")
    html = whole(form)
    assert [text for text in ("<فعالیت>", "<سازگار>", "<b>x", "<i>نا") if text in html] == []


def test_the_summary_counts_and_leads_to_the_fields():
    html = whole(refused())
    summary = re.search(r"data-errors>.*?</div></div>", html, re.DOTALL).group()
    assert "۴ مورد نیاز به اصلاح دارد. متن و فایل‌های شما سر جای خود است." in summary
    leads = re.findall(r'href="#([^"]+)"', summary)
    assert leads == ["id_subject", "id_department_0", "id_body"]
    assert set(leads) - set(ids(html)) == set()


def test_without_an_error_there_is_no_summary():
    assert "data-errors" not in whole(Filing())


def test_an_error_of_the_whole_form_is_told_without_a_count():
    form = Filing({"subject": "s", "department": "1", "body": "b", "submission_key": "k"})
    form.add_error(None, "این تیکت پیش‌تر ثبت شده است.")
    html = whole(form)
    assert "این تیکت پیش‌تر ثبت شده است." in html
    assert "نیاز به اصلاح" not in html


def test_a_warning_offers_the_box_that_answers_it():
    html = one(Warned({"national_id": "8520342273"})["national_id"])
    assert described_by(html) == ["id_national_id_warning"]
    assert 'class="field field--warning"' in html
    assert 'name="confirm_national_id"' in html


def test_optional_fields_say_so_unless_told_not_to():
    form = Filing()
    assert [name for name in ("subject", "kind", "national_id") if "اختیاری" in one(form[name])] == ["kind", "national_id"]
    form.fields["kind"].optional = False
    assert "اختیاری" not in one(form["kind"])


def test_each_control_is_dressed_for_its_kind():
    form = Filing()
    assert '<span class="select"><select name="kind" class="input"' in one(form["kind"])
    assert re.search(r'<textarea [^>]*class="input"[^>]*data-grow', one(form["body"]))
    assert '<label class="tick" for="id_no_case">' in one(form["no_case"])
    assert '<div class="dropzone" data-dropzone>' in one(form["attachments"])
    assert one(form["submission_key"]).strip() == '<input type="hidden" name="submission_key" id="id_submission_key">'


def test_a_form_with_files_can_carry_them():
    assert 'enctype="multipart/form-data" novalidate' in whole(Filing({}, MultiValueDict()))


def test_one_button_is_primary():
    html = whole(Filing())
    assert re.findall(r'<button type="submit" name="([^"]+)" value="[^"]+" class="([^"]+)"', html) == [
        ("go", "btn btn--primary"),
        ("save_draft", "btn btn--quiet"),
    ]
