"""The pages of django-otp, which would show secrets in English, are taken away; a device goes from its owner's page."""

from django.contrib import admin
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice  # by this import it has registered them, however early

admin.site.unregister([TOTPDevice, StaticDevice])
