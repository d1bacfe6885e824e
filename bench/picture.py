"""A photograph as a phone might send it: enough detail that checking and re-encoding cost what they cost."""

import base64
from io import BytesIO

from PIL import Image

WIDTH, HEIGHT = 1280, 960


def a_photograph() -> str:
    """As base64 of a JPEG."""
    content = BytesIO()
    Image.effect_noise((WIDTH // 8, HEIGHT // 8), 60).resize((WIDTH, HEIGHT)).convert("RGB").save(content, "JPEG", quality=85)
    return base64.b64encode(content.getvalue()).decode()
