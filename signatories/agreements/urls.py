from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("network/agreements/", views.agreements, name="agreements"),
    path("network/agreements/new/", views.record, name="agreement-record"),
    path("network/agreements/<uuid:pk>/", views.agreement, name="agreement"),
    path("network/agreements/<uuid:pk>/correct/", views.correct, name="agreement-correct"),
    path("network/agreements/<uuid:pk>/assessment/", views.assess, name="agreement-assess"),
    path("network/agreements/<uuid:pk>/end/", views.end, name="agreement-end"),
    path("network/agreements/<uuid:pk>/strike/", views.strike, name="agreement-strike"),
]
