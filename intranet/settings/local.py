"""What dev, demo and rehearsal share: this machine only, mail to a folder, no TLS."""

from . import environment
from .base import *

SECRET_KEY = environment.text("SECRET_KEY", "for-this-machine-only-" + "0" * 40)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
STATIC_ROOT = None  # served from where they lie, nothing is collected
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
