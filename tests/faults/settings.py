"""The product as it serves people, from its environment; only that static files need not be packed first (six seconds, and no fault)."""

from autonax_support.settings import *  # noqa: F403

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
