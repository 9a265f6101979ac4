from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("network/hand-over/", views.network, name="hand-over"),
    path("network/hand-over/keep/", views.keep_network, name="hand-over-keep"),
    path(
        "network/organizations/<uuid:pk>/people/<uuid:person>/hand-over/keep/",
        views.keep_person,
        name="hand-over-person-keep",
    ),
    path("network/hand-overs/<uuid:pk>/", views.kept, name="hand-over-kept"),
]
