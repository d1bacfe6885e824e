from django.urls import path

from announcements import views

app_name = "announcements"

urlpatterns = [
    path("", views.announcements, name="list"),
    path("<id:pk>/", views.page, name="page"),
    path("<id:pk>/confirm/", views.confirm, name="confirm"),
]
