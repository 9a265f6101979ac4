"""Addresses of the slice: random ids only (D12); GET changes nothing."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("requests/parties/", views.index, name="parties"),
    path("requests/parties/new/", views.new, name="party-new"),
    path("requests/parties/<uuid:pk>/", views.suspension, name="party-suspension"),
    path("requests/parties/<uuid:pk>/name/", views.name, name="party-name"),
    path("requests/parties/<uuid:pk>/do/<slug:action>/", views.act, name="party-act"),
]
