"""Pictures are decoded whole and written anew: EXIF, GPS, comments, profiles and appended tails do not survive."""

import tempfile
from collections.abc import Iterator
from io import BytesIO
from typing import IO, NamedTuple

from django.conf import settings
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError
from PIL.Image import Transpose

from .refusals import FileRefused

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
MAX_FRAMES = 300
THUMBNAIL = (192, 144)
SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
SPOOL = 2 * 1024 * 1024
LIGHT_PIXELS = 4_000_000

_ORIENTATION = 0x0112
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_SAVING = {
    "JPEG": {"quality": 88, "optimize": True},
    "PNG": {"compress_level": 6},
    "WEBP": {"quality": 85, "method": 2},
    "GIF": {},
}


class Picture(NamedTuple):
    content: IO[bytes]
    format: str
    width: int
    height: int
    thumbnail: bytes


def is_heic(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS


def looks_like_picture(head: bytes) -> bool:
    return head.startswith(SIGNATURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def is_light(file: IO[bytes]) -> bool:
    """Whether a picture is decoded in a moment, by its header; what moves has too many pictures in it, what is broken none."""
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as image:
            return image.format in ("JPEG", "MPO", "PNG") and image.width * image.height <= LIGHT_PIXELS
    except Image.DecompressionBombError:
        return False
    except Exception:  # noqa: BLE001 - as in `redraw`, which refuses it at once
        return True


def redraw(file: IO[bytes], name: str) -> Picture:
    """Raises FileRefused for what cannot be opened whole or is larger than the limit."""
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as image:
            return _redraw(image, name)
    except FileRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRefused("pixels", name=name) from error
    except UnidentifiedImageError as error:
        file.seek(0)
        raise FileRefused("broken" if looks_like_picture(file.read(12)) else "content", name=name) from error
    except Exception as error:  # a hostile picture makes Pillow raise nearly anything (SyntaxError, struct.error, …)
        raise FileRefused("broken", name=name) from error


def _redraw(image: Image.Image, name: str) -> Picture:
    # A phone's JPEG may carry a second picture (MPO); only the first is the photograph.
    kind = "JPEG" if image.format == "MPO" else image.format
    frames = 1 if kind in ("JPEG", "PNG") else getattr(image, "n_frames", 1)
    limit = settings.ATTACHMENT_MAX_MEGAPIXELS * 1_000_000
    if image.width * image.height * frames > limit or frames > MAX_FRAMES:
        raise FileRefused("pixels", name=name)
    content = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 - lives as long as the checked file
    first = _save_moving(image, kind, content) if frames > 1 else _save_still(image, kind, content)
    return Picture(content, kind, *first.size, _thumbnail(first))


def _save_still(image: Image.Image, kind: str, target: IO[bytes]) -> Image.Image:
    image.load()
    turn = _TURNS.get(_orientation(image))
    upright = _plain(image if turn is None else image.transpose(turn))
    if kind == "JPEG" and upright.mode not in ("L", "RGB"):
        upright = upright.convert("RGB")
    upright.save(target, format=kind, **_SAVING[kind])
    return upright


def _save_moving(image: Image.Image, kind: str, target: IO[bytes]) -> Image.Image:
    times: list[int] = []
    frames = _frames(image, times)
    first = next(frames)
    rest = list(frames)
    loop = {"loop": image.info["loop"]} if isinstance(image.info.get("loop"), int) else {}
    first.save(target, format=kind, save_all=True, append_images=rest, duration=times, **loop, **_SAVING[kind])
    return first


def _frames(image: Image.Image, times: list[int]) -> Iterator[Image.Image]:
    for frame in ImageSequence.Iterator(image):
        frame.load()
        times.append(int(frame.info.get("duration") or 100))
        yield _plain(frame.convert("RGBA"))


def _plain(image: Image.Image) -> Image.Image:
    """The pixels alone; Pillow would write comments and profiles found in `info` again."""
    image.info = {key: value for key, value in image.info.items() if key == "transparency"}
    return image


def _orientation(image: Image.Image) -> int:
    try:
        return image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - broken metadata is no reason to refuse a picture that decodes
        return 1


def _thumbnail(image: Image.Image) -> bytes:
    see_through = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    small = ImageOps.fit(image.convert("RGBA" if see_through else "RGB"), THUMBNAIL, Image.Resampling.BICUBIC)
    target = BytesIO()
    small.save(target, format="WEBP", quality=75, method=4)
    return target.getvalue()
