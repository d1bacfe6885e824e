"""The files people attach in the demo, drawn when they are needed."""

from collections.abc import Callable
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

PAPER, INK, FAINT, YELLOW, BLUE, RED = "#f7f5ef", "#20242a", "#b9bec6", "#f6c521", "#1d4fa3", "#b3261e"
FORMATS = {"jpg": "JPEG", "png": "PNG", "pdf": "PDF"}


def drawn(name: str) -> SimpleUploadedFile:
    """One of DRAWINGS as a browser would have uploaded it."""
    content = BytesIO()
    DRAWINGS[name]().save(content, FORMATS[name.rsplit(".", 1)[1]])
    return SimpleUploadedFile(name, content.getvalue())


def _sheet(width: int, height: int, colour: str = PAPER) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (width, height), colour)
    return image, ImageDraw.Draw(image)


def _plate() -> Image.Image:
    image, draw = _sheet(1200, 500, "#6b7079")
    draw.rounded_rectangle((90, 130, 1110, 370), 22, fill=YELLOW, outline=INK, width=8)
    draw.rectangle((98, 138, 170, 362), fill=BLUE)
    draw.text((134, 250), "I.R.", fill="white", font=ImageFont.load_default(34), anchor="mm")
    draw.text((520, 250), "12  T  345", fill=INK, font=ImageFont.load_default(150), anchor="mm")
    draw.line((900, 138, 900, 362), fill=INK, width=6)
    draw.text((1000, 265), "67", fill=INK, font=ImageFont.load_default(120), anchor="mm")
    return image


def _card() -> Image.Image:
    """A card with a portrait; grey bars stand where a real one would show somebody's data."""
    image, draw = _sheet(1000, 640, "#dfe7ee")
    draw.rounded_rectangle((40, 40, 960, 600), 36, fill="#f4f8fb", outline=FAINT, width=5)
    draw.rectangle((90, 150, 320, 450), fill="#cfd7df")
    draw.ellipse((150, 190, 260, 310), fill="#8d99a6")
    draw.pieslice((120, 320, 290, 520), 180, 360, fill="#8d99a6")
    for row, length in enumerate((420, 520, 360, 470, 300)):
        draw.rounded_rectangle((900 - length, 160 + row * 66, 900, 192 + row * 66), 10, fill=FAINT)
    draw.rectangle((90, 520, 900, 560), fill="#c5ced8")
    return image


def _paper() -> Image.Image:
    image, draw = _sheet(900, 1270)
    draw.rectangle((60, 60, 840, 1210), outline=FAINT, width=3)
    draw.rounded_rectangle((330, 110, 570, 150), 8, fill=INK)
    for row in range(22):
        draw.rectangle((130 + (row * 67) % 240, 220 + row * 38, 780, 232 + row * 38), fill=FAINT)
    draw.ellipse((140, 1040, 290, 1190), outline=BLUE, width=6)
    draw.text((215, 1115), "SPECIMEN", fill=BLUE, font=ImageFont.load_default(24), anchor="mm")
    return image


def _window(title: str, *lines: str) -> Image.Image:
    image, draw = _sheet(1280, 720, "#e8eaee")
    draw.rectangle((0, 0, 1280, 54), fill="#31435c")
    draw.text((24, 27), "AutoTaxi", fill="white", font=ImageFont.load_default(26), anchor="lm")
    for row in range(7):
        draw.rounded_rectangle((700, 110 + row * 76, 1220, 152 + row * 76), 6, fill="white", outline=FAINT)
    draw.rounded_rectangle((280, 210, 1000, 520), 14, fill="white", outline=RED, width=4)
    draw.text((320, 262), title, fill=RED, font=ImageFont.load_default(38), anchor="lm")
    for row, line in enumerate(lines):
        draw.text((320, 330 + row * 46), line, fill=INK, font=ImageFont.load_default(28), anchor="lm")
    return image


DRAWINGS: dict[str, Callable[[], Image.Image]] = {
    "عکس پلاک.jpg": _plate,
    "کارت ملی.jpg": _card,
    "کارت خودرو.jpg": _card,
    "برگ معاینه فنی.jpg": _paper,
    "سند قطعی.pdf": _paper,
    "راهنمای چاپ پروانه.pdf": _paper,
    "معرفی‌نامه.pdf": _paper,
    "فهرست مدارک.pdf": _paper,
    "پیام خطا.png": lambda: _window("HTTP 500", "Request id: 7f3a-21c9", "SaveLicence failed"),
    "خطای چاپ.png": lambda: _window("Printer error 0x000001F", "Evolis Primacy 2", "Ribbon mismatch"),
    "صفحه استعلام.png": lambda: _window("Timeout", "GET /inquiry/plate", "No answer in 30 s"),
}
