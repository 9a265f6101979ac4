from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("network/people/<uuid:pk>/address/", views.correct_address, name="person-address"),
]
