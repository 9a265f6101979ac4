from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("training/", views.training, name="training"),
    path("training/organizations/<uuid:pk>/", views.organization, name="training-organization"),
    path("training/sessions/new/", views.session, name="training-session"),
    path("training/sessions/<uuid:pk>/strike/", views.strike, name="training-strike"),
    path("training/upload/", views.upload, name="training-upload"),
    path("training/template.xlsx", views.template, name="training-template"),
    path("training/returns/<int:year>/", views.compliance, name="training-return"),
]
