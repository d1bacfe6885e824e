from django.urls import path

from tickets import upload_views

app_name = "uploads"
urlpatterns = [
    path("", upload_views.begin, name="begin"),
    path("<uuid:pk>/", upload_views.upload, name="upload"),
]
