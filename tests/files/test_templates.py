"""The tiles of a message and the picker of a form."""

import re

from django.template.loader import render_to_string
from django.urls import reverse

from autonax_support.files.models import Attachment
from tests.files.conftest import kept


def render(name, **context):
    return re.sub(r"\s+", " ", render_to_string(f"files/{name}.html", context))


def test_a_tile_shows_small_picture_name_kind_and_size(picture):
    Attachment.objects.filter(pk=picture.pk).update(size=219_136)
    picture.refresh_from_db()
    page = render("_tiles", attachments=[picture])
    assert f'src="{reverse("files:thumbnail", args=[picture.pk])}" alt="" width="48" height="36"' in page
    assert ">کارت ملی.png</bdi>" in page
    assert "<bdi>عکس</bdi>، ۲۱۴ کیلوبایت" in page


def test_the_number_at_the_end_of_a_persian_name_runs_with_its_extension(sara_draft):
    attachment = kept(sara_draft, "گزارش 0.txt", b"text")
    for page in (render("_tiles", attachments=[attachment]), render("_picker", kept=[attachment], errors=[])):
        assert '>گزارش <span dir="ltr">0.txt</span></bdi>' in page


def test_a_document_has_a_sheet_instead_of_a_picture(pdf):
    page = render("_tiles", attachments=[pdf])
    assert ("<img" in page, "icons.svg#file" in page, 'target="_blank"' in page) == (False, True, False)


def test_no_files_no_list():
    assert render("_tiles", attachments=[]).strip() == ""


def test_a_name_is_never_markup(sara_draft):
    attachment = kept(sara_draft, '"><img src=x onerror=alert(1)>.txt', b"text")
    for page in (render("_tiles", attachments=[attachment]), render("_picker", kept=[attachment], errors=[])):
        assert "<img src=x" not in page
        assert "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;.txt" in page


def test_the_picker_says_its_limits(settings):
    settings.ATTACHMENT_MAX_FILES, settings.ATTACHMENT_MAX_MB = 3, 12
    page = render("_picker", kept=[], errors=[])
    assert "حداکثر ۳ فایل، هر کدام تا ۱۲ مگابایت: عکس، <bdi>PDF</bdi>" in page
    assert 'type="file" id="files" name="attachments" multiple accept=".jpg,.jpeg,.png,.webp,.gif,.pdf,.docx,.xlsx,.txt,.zip"' in page


def test_the_picker_lends_the_script_its_words(settings):
    settings.ATTACHMENT_MAX_FILES, settings.ATTACHMENT_MAX_MB = 3, 12
    page = render("_picker", kept=[], errors=[])
    for words in (
        'data-max-files="3" data-max-mb="12"',
        'data-too-large="فایل «\u2068{name}\u2069» {size} مگابایت است؛ هر فایل تا ۱۲ مگابایت پذیرفته می‌شود.',
        'data-too-many="در هر پیام تا ۳ فایل پیوست می‌شود.',
    ):
        assert words in page


def test_kept_files_can_be_ticked_for_removal(sara_draft):
    attachment = kept(sara_draft)
    page = render("_picker", kept=[attachment], errors=[])
    assert f'type="checkbox" name="remove" value="{attachment.pk}"' in page
    assert "aria-invalid" not in page


def test_refusals_stand_at_the_field():
    page = render("_picker", kept=[], errors=["فایل «<b>.exe» پذیرفته نمی‌شود."])
    assert 'id="files-error" role="alert"' in page
    assert 'aria-describedby="files-limits files-error" aria-invalid="true"' in page
    assert "فایل «&lt;b&gt;.exe» پذیرفته نمی‌شود." in page
