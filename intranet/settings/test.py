"""The tests: real PostgreSQL as the application's role, cheap password hashing, mail in memory by default."""

from .base import *
from .databases import databases

ENVIRONMENT = "test"
INSTALLED_APPS = ["intranet.rehearsal", *INSTALLED_APPS]
DATABASES = databases("test")
SECRET_KEY = "for-the-tests-only-" + "0" * 40
DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "test" / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT = None  # served from where they lie, nothing is collected
WHITENOISE_USE_FINDERS = True
# Looked for when asked: a scan for each test client costs more than its requests.
WHITENOISE_AUTOREFRESH = True
