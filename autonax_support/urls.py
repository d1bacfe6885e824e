from django.conf import settings
from django.contrib import admin
from django.urls import include, path, register_converter
from django.urls.converters import IntConverter

from autonax_support import views
from autonax_support.companion import companion
from autonax_support.notices.views import channels
from autonax_support.summary import summary


class IdConverter(IntConverter):
    """A key that fits every database: a longer number is no page, rather than an error of the driver."""

    regex = "[0-9]{1,10}"

    def to_python(self, value: str) -> int:
        if int(value) > 2147483647:
            raise ValueError("beyond every key")
        return int(value)


register_converter(IdConverter, "id")

urlpatterns = [
    path("", views.home, name="home"),
    path("help/", views.help_page, name="help"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("accounts/me/channels/", channels, name="channels"),
    path("accounts/", include("autonax_support.accounts.urls")),
    path("launch/summary/", summary, name="summary"),
    path("launch/", include("autonax_support.accounts.launch.urls")),
    path("companion.js", companion, name="companion"),
    path("tickets/", include("tickets.urls")),
    path("drafts/", include("tickets.draft_urls")),
    path("uploads/", include("tickets.upload_urls")),
    path("inbox/", include("inbox.urls")),
    path("attachments/", include("autonax_support.files.urls")),
    path("announcements/", include("announcements.urls")),
    path("notices/", include("autonax_support.bell.urls")),
    path("admin/", admin.site.urls),
]

if settings.DEMO:
    from autonax_support.demo import host

    urlpatterns += [path("demo-host/", host.page, name="demo_host"), path("demo-host/token/", host.token, name="demo_host_token")]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
