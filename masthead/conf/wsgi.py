"""Django as WSGI, for any server that speaks it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.conf.settings")
application = get_wsgi_application()
