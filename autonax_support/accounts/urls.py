from django.urls import path

from autonax_support.accounts import otp, views

app_name = "accounts"

urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("out/", views.out, name="out"),
    path("me/", views.me, name="me"),
    path("me/password/", views.password, name="password"),
    path("me/sessions/", views.end_sessions, name="end_sessions"),
    path("otp/", otp.otp, name="otp"),
    path("otp/recovery/", otp.recovery, name="otp_recovery"),
    path("otp/codes/", otp.codes, name="otp_codes"),
    path("otp/off/", otp.off, name="otp_off"),
    path("theme/", views.theme, name="theme"),
]
