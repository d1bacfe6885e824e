"""What is left of a picture once it has been drawn anew."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image

from autonax_support.files.checks import check
from tests.files import crafting as make


def stored(name, content):
    checked = check(make.upload(name, content))
    checked.content.seek(0)
    return checked, checked.content.read()


def test_a_photograph_stands_upright():
    checked, content = stored("photo.jpg", make.photograph())
    drawn = Image.open(BytesIO(content))
    assert (checked.width, checked.height) == drawn.size == (40, 80)
    red, white = drawn.getpixel((20, 10)), drawn.getpixel((20, 70))
    assert (red[0] > 200, red[1] < 80) == (True, True)
    assert min(white) > 200


def test_nothing_of_the_photographer_is_left():
    before = make.photograph()
    _, after = stored("photo.jpg", before)
    secrets = [b"SECRETMAKER", b"SECRETCOMMENT", b"SECRETPROFILE", b"SECRETTAIL"]
    assert [secret in before for secret in secrets] == [True] * 4
    assert [secret in after for secret in secrets] == [False] * 4
    assert dict(Image.open(BytesIO(after)).getexif()) == {}


def test_texts_and_profiles_of_a_png_are_gone():
    before = make.talkative_png()
    _, after = stored("a.png", before)
    assert (b"SECRETTEXT" in before, b"SECRETTEXT" in after) == (True, False)
    assert set(Image.open(BytesIO(after)).info) == set()


def test_both_hashes_are_those_of_the_bytes():
    before = make.photograph()
    checked, after = stored("photo.jpg", before)
    assert checked.received_sha256 == hashlib.sha256(before).hexdigest()
    assert checked.stored_sha256 == hashlib.sha256(after).hexdigest()
    assert checked.size == len(after)


def test_a_document_is_kept_byte_for_byte():
    checked, content = stored("a.pdf", make.PDF)
    assert content == make.PDF
    assert checked.received_sha256 == checked.stored_sha256 == hashlib.sha256(make.PDF).hexdigest()
    assert (checked.width, checked.height, checked.thumbnail) == (None, None, None)


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_a_moving_picture_keeps_moving(kind):
    _, content = stored(f"a.{kind.lower()}", make.moving(kind))
    drawn = Image.open(BytesIO(content))
    assert (drawn.n_frames, drawn.info["loop"]) == (3, 0)


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("PNG", "1"), ("GIF", "P"), ("WEBP", "RGB")])
def test_the_small_picture_has_its_size(kind, mode):
    checked, _ = stored(f"a.{kind.lower()}", make.picture(kind, size=(300, 900), mode=mode))
    small = Image.open(BytesIO(checked.thumbnail))
    assert (small.format, small.size) == ("WEBP", (192, 144))


def test_a_see_through_picture_stays_see_through():
    _, content = stored("a.png", make.picture("PNG", mode="RGBA"))
    assert Image.open(BytesIO(content)).mode == "RGBA"


def test_a_png_called_jpg_gets_its_true_name():
    checked, _ = stored("عکس صفحه.jpg", make.picture("PNG"))
    assert (checked.name, checked.content_type) == ("عکس صفحه.png", "image/png")


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_broken_metadata_is_no_reason_to_refuse_a_photograph():
    content = make.picture("JPEG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff")
    checked, _ = stored("a.jpg", content)
    assert (checked.width, checked.height) == (40, 30)
