from django.urls import path

from tickets import views

app_name = "drafts"
urlpatterns = [
    path("", views.draft_list, name="list"),
    path("<uuid:key>/", views.draft, name="draft"),
]
