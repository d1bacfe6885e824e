"""The pages are Jinja2's: what it compiles to Python costs a fifth of what Django's engine interprets (bench/README.md).

Django's admin speaks Django's own language, so `admin/` is its. Neither engine includes the other's files: the desk's frame asks for a part
of ours by `{% fragment %}`.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import django.forms
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from crispy_forms.utils import render_crispy_form
from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.backends import jinja2 as backend
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django_htmx.jinja import htmx_script
from jinja2 import ChainableUndefined, Environment, FileSystemLoader

from announcements.templatetags import announcement_text
from autonax_support import look
from autonax_support.files.templatetags import files
from autonax_support.notices.forms import channels_form
from autonax_support.persian.templatetags import persian
from inbox.templatetags import direction

OF_DJANGO = "admin/"
WIDGETS = Path(django.forms.__file__).parent / "jinja2"
LIBRARIES = (persian, look, files, announcement_text, direction)
TAGS = (
    *(persian.moment, persian.day, persian.today),
    *(look.icon, look.status, look.control),
    *(files.attachment_limit, files.attachment_accept, files.refusal_pattern),
)


class Pages(backend.Jinja2):
    """The engine of our own pages and of Django's form widgets."""

    def __init__(self, params: dict[str, Any]) -> None:
        folders = [*params["DIRS"], WIDGETS]
        loader = FileSystemLoader(folders)
        super().__init__({**params, "OPTIONS": {"loader": loader, "undefined": ChainableUndefined, **params["OPTIONS"]}})

    def get_template(self, template_name: str) -> "Page":
        if template_name.startswith(OF_DJANGO):
            raise TemplateDoesNotExist(template_name, backend=self)
        return Page(super().get_template(template_name).template, self)


class Page(backend.Template):
    """As Django's own templates do: what the view gives outdoes the context processors, and what comes out is safe to put into a page."""

    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> SafeString:
        return SafeString(self.template.render(self.seen(context or {}, request)))  # nosec B703 # the template has escaped it

    def seen(self, context: dict[str, Any], request: HttpRequest | None) -> dict[str, Any]:
        """All that the template sees."""
        if request is None:
            return context
        around = {"request": request, "csrf_input": csrf_input_lazy(request), "csrf_token": csrf_token_lazy(request)}
        for processor in self.backend.template_context_processors:
            around.update(processor(request))
        return around | context


def environment(*, autoescape: bool = True, **options: Any) -> Environment:
    env = Environment(autoescape=True, **options)
    for library in LIBRARIES:
        env.filters.update(library.register.filters)
    env.filters["as_crispy_field"] = as_crispy_field
    env.globals.update({tag.__name__: tag for tag in TAGS}, request=None)  # an error page may be drawn without one
    env.globals.update(
        static=cache(static), url=url, htmx_script=htmx_script, crispy=render_crispy_form, below=below, form_errors=form_errors
    )
    env.globals["channels_form"] = channels_form  # for a page of accounts, which does not know notices
    return env


@lru_cache(maxsize=10_000)
def url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def below(field: Any) -> SafeString | str:
    """What stands under a control: hint, errors, warning."""
    if not (field.help_text or field.errors or getattr(field.field, "warning", "")):
        return ""
    return render_to_string("autonax/_below.html", {"field": field})


def form_errors(form: Any, file_errors: list[str]) -> SafeString:
    """The list above a form of what is wrong in it."""
    return render_to_string("autonax/errors.html", {"form": form, "file_errors": file_errors})
