import os

from django.core.wsgi import get_wsgi_application

from autonax_support.body import whole

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "autonax_support.settings")

application = whole(get_wsgi_application())

from autonax_support.checks import refuse_unsafe_start  # noqa: E402 - the checks need the loaded apps

refuse_unsafe_start()
