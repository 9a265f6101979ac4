from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("network/accounts/<uuid:pk>/lost-phone/", views.lost_phone, name="lost-phone"),
    path("network/accounts/<uuid:pk>/lost-phone/letter/", views.letter, name="lost-phone-letter"),
    path("network/lost-phones/<uuid:pk>/", views.show, name="recovery"),
    path("network/lost-phones/<uuid:pk>/vouch/", views.vouch, name="recovery-vouch"),
    path("network/lost-phones/<uuid:pk>/confirm/", views.confirm, name="recovery-confirm"),
    path("network/lost-phones/<uuid:pk>/stop/", views.stop, name="recovery-stop"),
]
