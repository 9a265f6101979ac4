from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from . import views

_HERE = "network/organizations/<uuid:pk>/people/<uuid:person>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{_HERE}leaving/", views.leave, name="person-leaves"),
    path(f"{_HERE}hand-over/", views.hand_over, name="hand-over-person"),
]
