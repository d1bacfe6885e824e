from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

View = Callable[..., HttpResponse]


def for_office(view: View) -> View:
    """A page of the clerks; staff work at the desk and are led there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_staff:
            return redirect("admin:index")
        return view(request, *args, **kwargs)

    return guarded


def wants_json(request: HttpRequest) -> bool:
    """Asked by one of our scripts, which cannot show a page."""
    return request.headers.get("Accept", "").startswith("application/json")


def opened_by_a_person(request: HttpRequest) -> bool:
    """A HEAD, and a browser that only guesses the next click, have not read anything."""
    purpose = "".join(request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return request.method == "GET" and "prefetch" not in purpose.lower()
