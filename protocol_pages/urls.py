"""Search, glossary, short addresses of the sections."""

from __future__ import annotations

from django.urls import path

from . import channels, views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("glossary/", views.glossary, name="glossary"),
    path("how-to-report/a4/", channels.sheet, name="how-to-report-a4"),
    path("how-to-report/card/", channels.card, name="how-to-report-card"),
    *[path(f"{name}/", views.section, {"name": name}, name=name) for name in views.SECTIONS],
]
