from django.urls import path

from . import views

urlpatterns = [
    path("network/import/", views.imports, name="imports"),
    path("network/import/template.xlsx", views.template, name="import-template"),
    path("network/import/<uuid:pk>/", views.run, name="import-run"),
]
