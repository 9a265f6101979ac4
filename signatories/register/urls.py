from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("protocol/endorsements/", views.endorsements, name="endorsements"),
    path("protocol/endorsements/annex/word/", views.annex, {"ending": "docx"}, name="annex-word"),
    path("protocol/endorsements/annex/pdf/", views.annex, {"ending": "pdf"}, name="annex-pdf"),
    path("protocol/endorsements/export/csv/", views.export, {"ending": "csv"}, name="register-csv"),
    path("protocol/endorsements/export/xlsx/", views.export, {"ending": "xlsx"}, name="register-xlsx"),
    path("network/organizations/<uuid:pk>/timeline/", views.through_time, name="organization-timeline"),
    path("network/year/", views.own_year, name="own-year"),
]
