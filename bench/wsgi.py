"""The program with the floor's route, as the server loads it."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
