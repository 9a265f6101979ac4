"""The rehearsal environment, on its own database and file folder."""

from .databases import databases
from .local import *

ENVIRONMENT = "rehearsal"
INSTALLED_APPS = ["intranet.rehearsal", *INSTALLED_APPS]
DATABASES = databases("rehearsal", prefix="REHEARSAL_")
EMAIL_FILE_PATH = VAR / "rehearsal" / "mail"
STORAGES = STORAGES | {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "rehearsal" / "files"},
    }
}
