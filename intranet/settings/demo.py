"""The demo environment, on its own database and file folder."""

from .databases import databases
from .local import *

ENVIRONMENT = "demo"
INSTALLED_APPS = ["intranet.rehearsal", *INSTALLED_APPS]
DATABASES = databases("demo", prefix="DEMO_")
EMAIL_FILE_PATH = VAR / "demo" / "mail"
STORAGES = STORAGES | {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "demo" / "files"},
    },
    "staticfiles": {"BACKEND": "intranet.rehearsal.static_files.QuickCompressedStorage"},
}
STATIC_ROOT = VAR / "demo" / "static"  # compressed there: a first view weighs what it weighs in production
WHITENOISE_USE_FINDERS = False
