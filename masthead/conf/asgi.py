"""
Django behind the front door: WSGI in threads.

Under ASGI itself Django ran at 0.6 of its WSGI rate. Notices of payments, which come in bursts,
need none of it.
"""

from a2wsgi import WSGIMiddleware
from django.conf import settings

from masthead.conf.behind_door import BehindDoor
from masthead.conf.wsgi import application as django_application
from masthead.memberships.notices import NoticesFirst

application = NoticesFirst(
    WSGIMiddleware(
        BehindDoor(django_application, behind_proxy=settings.OPERATOR["behind_proxy"]),
        workers=settings.OPERATOR["web_threads"],
    )
)
