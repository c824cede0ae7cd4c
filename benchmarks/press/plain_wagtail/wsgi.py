"""In threads behind uvicorn, as our own program runs."""

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

application = WSGIMiddleware(get_wsgi_application(), workers=settings.OPERATOR["web_threads"])
