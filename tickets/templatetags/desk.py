from django import template

from tickets.admin.queue import VIEWS, View

register = template.Library()


@register.simple_tag
def queue_views() -> tuple[View, ...]:
    """The tabs of the queue, for the home of the desk."""
    return VIEWS
