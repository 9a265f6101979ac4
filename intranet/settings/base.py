"""What every environment shares. Values that differ live in dev, demo, rehearsal, test, production."""

from __future__ import annotations

from pathlib import Path

import bootstrap
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from . import environment
from .databases import app_role

ROOT = environment.ROOT
VAR = ROOT / "var"

# The machinery below, the slices above it, the wiring on top: D8.
INSTALLED_APPS = [
    # wiring
    "intranet.home",
    # slices
    "forms_app.common",
    "forms_app.monthly_reports",
    "forms_app.data_requests",
    "forms_app.common.letter_templates",
    "forms_app.own_data",
    "forms_app.receiving_parties",
    "protocol_pages.reviews",
    "signatories.cascade",
    "forms_app.training",
    "signatories.stops",
    "signatories.handover",
    "signatories.recovery",
    "signatories.presence",
    "signatories.agreements",
    "signatories.succession",
    "signatories.invitations",
    "signatories.acknowledgements",
    "signatories.imports",
    "signatories",
    "protocol_pages.translations",
    "protocol_pages.editions",
    "protocol_pages.care",
    "protocol_pages",
    # machinery
    "intranet.papers",
    "intranet.files",
    "intranet.notices",
    "intranet.clock",
    "intranet.network",
    "intranet.workflow",
    "intranet.access",
    "audit",
    # wagtail
    "wagtail_modeladmin",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    # django
    "intranet.access.admin_config.TechnicalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    # doors
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "two_factor",
    "axes",
    "csp",
    # forms
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "intranet.network.once.OnceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "intranet.access.who.WhoMiddleware",
    "intranet.access.gate.GateMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "intranet.urls"
WSGI_APPLICATION = "intranet.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "intranet.network.context.network",
                "intranet.access.context.access",
            ],
            "builtins": ["intranet.home.templatetags.listing"],
        },
    }
]

# Doors: one login path for the site, the Wagtail admin and Django's admin (security.md 5.1).
AUTH_USER_MODEL = "access.User"
LOGIN_URL = "two_factor:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "two_factor:login"
WAGTAIL_FINISH_WORKFLOW_ACTION = "protocol_pages.approval.publish"
WAGTAILADMIN_LOGIN_URL = "two_factor:login"
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
# An editor saves on purpose: lines are poor, and each version of the history should be one that somebody meant.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 1
TWO_FACTOR_PATCH_ADMIN = True
AUTHENTICATION_BACKENDS = [
    "intranet.access.addresses.AddressCapBackend",
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = 0.5  # hours
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "intranet.access.addresses.typed_name"
AXES_CLIENT_IP_CALLABLE = "intranet.access.addresses.client_address"
AXES_SENSITIVE_PARAMETERS = [  # axes keeps what was posted: never a password or a code
    "auth-password",
    "token-otp_token",
    "backup-otp_token",
    "otp_token",
    "password",
    "again",
    "present",
]
AXES_LOCKOUT_TEMPLATE = "access/locked.html"
ADDRESS_FAILURE_LIMIT = (
    100  # failed sign-ins from one address within the cool-off time, all accounts together
)
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES", 0)
SECOND_FACTOR_KEY = environment.text("SECOND_FACTOR_KEY")  # empty: SECRET_KEY
SECOND_FACTOR_THROTTLE_SECONDS = 1  # after the first wrong code; doubles with each
SECOND_FACTOR_ALERT_AFTER = 5  # wrong codes in a row until the account's owner is told
INVITATION_DAYS = 7  # calendar days
RECOVERY_DAYS = 7  # calendar days until a lost phone that was reported must be confirmed (network practice)
RECOVERY_LINK_HOURS = 48  # clock hours that the link after a confirmed lost phone holds (network practice)
PASSWORD_RESET_TIMEOUT = 2 * 3600  # seconds
SESSION_ENGINE = "intranet.access.session_store"
SESSION_IDLE_MINUTES = 30
SESSION_HOURS = 8
STEP_UP_MINUTES = 15  # D11
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],  # has ADMIN_CONTENT_SECURITY_POLICY instead
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# Wagtail's editor carries inline scripts and previews pages in a frame; editors only (W9).
ADMIN_CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; frame-src 'self'; "
    "frame-ancestors 'self'; form-action 'self'; base-uri 'self'"
)

# Languages: texts in Kurdish come only from a reviewer; the switch and the direction are ready (D4).
LANGUAGE_CODE = "en"
LANGUAGES = [("ar", _("Arabic")), ("en", _("English")), ("ckb", _("Kurdish (Sorani)"))]
WAGTAIL_CONTENT_LANGUAGES = [("en", _("English")), ("ar", _("Arabic")), ("ckb", _("Kurdish (Sorani)"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English"), ("ar", "Arabic")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # what people read is shown in the network's time zone, a network setting

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = ROOT / "static-collected"
STATICFILES_DIRS = [
    ("vendor/bootstrap", next(iter(bootstrap.__path__))),
    ROOT / "templates" / "static",
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if environment.text("S3_BUCKET"):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": environment.text("S3_BUCKET"),
            "endpoint_url": environment.text("S3_ENDPOINT") or None,
            "access_key": environment.text("S3_ACCESS_KEY") or None,
            "secret_key": environment.text("S3_SECRET_KEY") or None,
            "region_name": environment.text("S3_REGION") or None,
            "querystring_auth": True,
            "file_overwrite": False,
            "default_acl": None,
        },
    }
LINK_CHECK = environment.flag("LINK_CHECK", False)  # ask the library's addresses whether they still open
TRAINING_REGULARITY_MONTHS = environment.number("TRAINING_REGULARITY_MONTHS", 12)  # network practice
SAFE_EXIT_URL = environment.text("SAFE_EXIT_URL", "https://www.bbc.com/weather")
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "txt", "csv"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "protocol_pages.document_forms.LibraryFileForm"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # every document is an attachment (W8)
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}  # no passwords that are passed on (§4.a, W11)
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILIMAGES_EXTENSIONS = ["png", "jpg", "jpeg", "webp"]
WAGTAILIMAGES_RENDITION_STORAGE = "protocol_pages.picture_storage.PictureStorage"  # no public address (W2)
WAGTAILIMAGES_IMAGE_FORM_BASE = "protocol_pages.picture_forms.PictureForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAIL_SITE_NAME = "PSEA Network"
WAGTAILADMIN_BASE_URL = environment.text("BASE_URL", "http://127.0.0.1:8000")
BASE_URL = WAGTAILADMIN_BASE_URL
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

EMAIL_BACKEND = "intranet.notices.smtp.Backend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM", "psea-network@localhost")
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
SIMPLE_HISTORY_REVERT_DISABLED = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [  # nothing that may hold a figure is spooled to the disk
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "intranet.files.uploads.LibraryOnDisk",
    "intranet.files.uploads.ThrownAway",
]
APP_SQL_ROLE = app_role()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
