"""Search, glossary, short addresses of the sections."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("glossary/", views.glossary, name="glossary"),
    *[path(f"{name}/", views.section, {"name": name}, name=name) for name in views.SECTIONS],
]
