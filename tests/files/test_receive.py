"""A form's larger files, as Django's parser hands them on."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.test import RequestFactory

LARGE = bytes(range(256)) * 20_000  # beyond what is kept in memory


@pytest.fixture
def received(settings, tmp_path):
    """A function: this content as the program gets it, and what lies in the folder for it meanwhile."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path

    def receive(content: bytes) -> tuple[UploadedFile, list]:
        request = RequestFactory().post("/tickets/new/", {"attachments": SimpleUploadedFile("مدرک.txt", content, "text/plain")})
        return request.FILES["attachments"], list(tmp_path.iterdir())

    return receive


@pytest.mark.parametrize("content", [b"salam", LARGE])
def test_a_file_comes_as_it_was_sent_and_leaves_no_name_on_the_disk(received, content):
    file, names = received(content)
    assert (file.name, file.size, file.content_type, names) == ("مدرک.txt", len(content), "text/plain", [])
    assert file.read() == content
    assert b"".join(file.chunks()) == content
