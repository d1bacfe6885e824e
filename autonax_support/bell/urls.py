from django.urls import path

from autonax_support.bell import views

app_name = "notices"

urlpatterns = [
    path("", views.notices, name="list"),
    path("read/", views.read, name="read"),
    path("bell/", views.bell, name="bell"),
]
