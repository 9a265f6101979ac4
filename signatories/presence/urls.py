from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("network/still-you/", views.still_you, name="still-you"),
    path("network/still-you/list/", views.listing, name="still-you-list"),
    path("network/people/<uuid:pk>/still-you/", views.look_after, name="still-you-seen"),
]
