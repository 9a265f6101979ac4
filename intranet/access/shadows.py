"""Every login and password page that libraries bring, shadowed before their own URLs (A1, A2, A6).

Mounted outside the language prefix; the setting of a library that only changes redirects is not
relied on. ``admin/login/`` and the rest keep their addresses and lead to the one login.
"""

from __future__ import annotations

from django.urls import path, re_path
from django.urls.resolvers import URLPattern, URLResolver

from .views.sign_in import shadow, sign_out

before_libraries: list[URLPattern | URLResolver] = [
    path("admin/login/", shadow),
    path("admin/logout/", sign_out),
    re_path(r"^admin/password_reset/.*$", shadow),
    path("admin/account/", shadow),
    path("django-admin/login/", shadow),
    path("django-admin/logout/", sign_out),
    re_path(r"^django-admin/password_change/.*$", shadow),
]
before_pages: list[URLPattern | URLResolver] = [
    path("_util/login/", shadow),
    re_path(r"^_util/authenticate_with_password/.*$", shadow),
]
