from django.urls import path

from autonax_support.accounts import views

app_name = "accounts"

urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("out/", views.out, name="out"),
    path("me/", views.me, name="me"),
    path("me/password/", views.password, name="password"),
    path("me/sessions/", views.end_sessions, name="end_sessions"),
    path("theme/", views.theme, name="theme"),
]
