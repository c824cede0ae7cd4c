"""
The front door: uvicorn speaks HTTP, Django answers as WSGI in threads.

Under ASGI itself Django ran at 0.6 of its WSGI rate.
"""

from a2wsgi import WSGIMiddleware
from django.conf import settings

from masthead.conf.wsgi import application as django_application

application = WSGIMiddleware(django_application, workers=settings.OPERATOR["web_threads"])
