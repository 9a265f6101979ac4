"""``/own-data/…``: a member's own statistics (§7A)."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("own-data/", views.notes, name="own-data"),
    path("own-data/new/", views.new, name="own-data-new"),
    path("own-data/<uuid:pk>/", views.note, name="own-note"),
]
