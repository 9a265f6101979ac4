from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("read-and-understood/", views.acknowledge, name="acknowledge-text"),
    path("read-and-understood/rates/", views.rates, name="acknowledgement-rates"),
]
