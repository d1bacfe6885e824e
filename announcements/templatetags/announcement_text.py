from django import template
from django.utils.safestring import SafeString

from announcements import markdown
from announcements.limits import EXCERPT_MAX

register = template.Library()


@register.filter
def markdown_html(source: str) -> SafeString:
    return markdown.render(source)


@register.filter
def excerpt(source: str) -> str:
    return markdown.excerpt(source, EXCERPT_MAX)
