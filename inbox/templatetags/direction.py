from django import template

from autonax_support.persian.paragraphs import ARABIC_LETTER

register = template.Library()


@register.filter
def direction(line: str) -> str:
    """A line with a Persian word in it reads from the right; `auto` would go by its first letter, often that of «Error …»."""
    return "rtl" if ARABIC_LETTER.search(line) else "auto"
