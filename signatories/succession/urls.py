from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("take-part/successor/", views.send, name="succession-new"),
    path("network/organizations/<uuid:pk>/successor/", views.record, name="succession-record"),
    path("network/successions/<uuid:pk>/", views.succession, name="succession"),
    path("network/successions/<uuid:pk>/again/", views.again, name="succession-again"),
    path("network/successions/<uuid:pk>/confirm/", views.confirm, name="succession-confirm"),
    path("network/successions/<uuid:pk>/deny/", views.deny, name="succession-deny"),
    path("network/successions/<uuid:pk>/verify/", views.verify, name="succession-verify"),
    path("network/successions/<uuid:pk>/not-verified/", views.not_verified, name="succession-not-verified"),
    path("network/successions/<uuid:pk>/object/", views.object_to, name="succession-object"),
    path("network/successions/<uuid:pk>/objection/", views.objection, name="succession-objection"),
    path("network/successions/<uuid:pk>/take-back/", views.take_back, name="succession-take-back"),
]
