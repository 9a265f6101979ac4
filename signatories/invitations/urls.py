from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("protocol/invitations/", views.rounds, name="invitation-rounds"),
    path("protocol/invitations/new/", views.open_round, name="invitation-round-new"),
    path("protocol/invitations/<uuid:pk>/", views.invitation_round, name="invitation-round"),
    path("protocol/invitations/<uuid:pk>/add/", views.one_more, name="invitation-round-add"),
    path("protocol/invitations/<uuid:pk>/close/", views.close, name="invitation-round-close"),
]
