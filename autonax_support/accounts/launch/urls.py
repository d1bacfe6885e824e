from django.urls import path

from autonax_support.accounts.launch import views

app_name = "launch"

urlpatterns = [
    path("", views.launch, name="launch"),
    path("arrive/", views.arrive, name="arrive"),
]
