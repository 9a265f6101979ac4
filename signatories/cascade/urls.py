from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("network/standards-shared/", views.cascade, name="cascade"),
    path("network/standards-shared/record/", views.share, name="cascade-record"),
]
