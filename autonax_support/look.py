"""Template tags of the product's look: icons, the status of a ticket, and what the form pack under templates/autonax needs."""

from functools import cache

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField, Textarea
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

STATUSES = {  # code: (ending of icon and class, word on the screen)
    "new": ("new", "جدید"),
    "read": ("read", "خوانده شده"),
    "answered": ("answered", "پاسخ داده شده پشتیبان"),
    "followed_up": ("followed", "پاسخ داده شده کاربر"),
    "in_development": ("dev", "در دست توسعه"),
    "closed": ("closed", "بسته شده"),
}
UNDRESSED = ("checkbox", "radio", "hidden", "file")


@register.simple_tag
@cache
def icon(name: str, classes: str = "") -> SafeString:
    """For the eye only; the word beside it, or an aria-label around it, says the same."""
    css = f"icon {classes}".strip()
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, static("img/icons.svg"), name)


@register.simple_tag(takes_context=True)
def fragment(context: Context, name: str, **given: object) -> SafeString:
    """A part of a page of ours (rendering.py) inside a template of Django's admin, which sees all that this one sees.

    Django draws its page for a list that cannot be shown without a request.
    """
    return render_to_string(name, {**context.flatten(), **given}, getattr(context, "request", None))


@register.filter
def theme(request: HttpRequest) -> str:
    """Light, dark or nothing; an error page is drawn without a request."""
    return getattr(request, "COOKIES", {}).get(settings.THEME_COOKIE_NAME, "")


@register.simple_tag
@cache
def status(code: str, pill: bool = False) -> SafeString:
    shape, word = STATUSES[code]
    css = f"status status--{shape}" + (" status--pill" if pill else "")
    return format_html('<span class="{}">{}{}</span>', css, icon(f"st-{shape}"), word)


@register.filter
def described(field: BoundField) -> str:
    """The ids that describe a control; autonax/field.html writes the elements that carry them."""
    parts = (("helptext", field.help_text), ("error", field.errors), ("warning", getattr(field.field, "warning", "")))
    ids = [f"{field.auto_id}_{part}" for part, text in parts if text]
    return " ".join([*field.field.widget.attrs.get("aria-describedby", "").split(), *ids])


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """A field's bare widget, dressed for the style sheets."""
    widget = field.field.widget
    attrs = {}
    if getattr(widget, "input_type", "") not in UNDRESSED:
        attrs["class"] = f"input {widget.attrs.get('class', '')}".strip()
    if isinstance(widget, Textarea):
        attrs["data-grow"] = True
    if described(field) and not field.use_fieldset:
        attrs["aria-describedby"] = described(field)
    return field.as_widget(attrs=attrs)


@register.filter
def target(field: BoundField) -> str:
    """The id that a link to the field leads to: its control, or the first of several."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def shape(field: BoundField) -> str:
    """Which of the pack's shapes a field takes: group, tick, file, select or line."""
    kind = getattr(field.field.widget, "input_type", "")
    if field.use_fieldset:
        return "group"
    return {"checkbox": "tick", "file": "file", "select": "select"}.get(kind, "line")


@register.filter
def wrong_fields(form: BaseForm) -> list[BoundField]:
    return [field for field in form if field.errors]
