from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils import timezone

from tickets.admin.home import Home, home_of
from tickets.admin.queue import VIEWS, View

register = template.Library()


@register.simple_tag
def queue_views() -> tuple[View, ...]:
    """The tabs of the queue, for the home of the desk."""
    return VIEWS


@register.simple_tag(takes_context=True)
def desk_home(context: Context) -> dict[str, Any]:
    """What the home of the desk shows this person, for the fragment that draws it."""
    request: HttpRequest = context["request"]
    now = timezone.now()
    home: Home = home_of(request.user, now)
    return {"home": home, "now": now}
