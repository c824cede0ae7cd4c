"""
Django behind the front door: WSGI in threads.

Under ASGI itself Django ran at 0.6 of its WSGI rate.
"""

from a2wsgi import WSGIMiddleware
from django.conf import settings

from masthead.conf.behind_door import BehindDoor
from masthead.conf.wsgi import application as django_application

application = WSGIMiddleware(
    BehindDoor(django_application, behind_proxy=settings.OPERATOR["behind_proxy"]),
    workers=settings.OPERATOR["web_threads"],
)
