"""The URL map: our own pages under a language prefix, libraries after, Wagtail's page tree last."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from intranet.access.shadows import before_libraries, before_pages
from protocol_pages.pictures import picture

handler400 = "intranet.access.gate.bad_request"
handler403 = "intranet.access.gate.permission_denied"

urlpatterns = [
    *before_libraries,
    path("admin/", include(wagtailadmin_urls)),
    path("django-admin/", admin.site.urls),
    path("documents/", include(wagtaildocs_urls)),
    path("images/<str:name>", picture, name="picture"),
    *before_pages,
    *i18n_patterns(
        path("", include("intranet.access.urls")),
        path("", include("intranet.home.urls")),
        path("", include("intranet.workflow.urls")),
        path("", include("intranet.network.urls")),
        path("", include("intranet.clock.urls")),
        path("", include("intranet.notices.urls")),
        path("", include("intranet.files.urls")),
        path("", include("intranet.papers.urls")),
        path("", include("protocol_pages.editions.urls")),
        path("", include("protocol_pages.translations.urls")),
        path("", include("protocol_pages.reviews.urls")),
        path("", include("signatories.cascade.urls")),
        path("", include("signatories.urls")),
        path("", include("signatories.agreements.urls")),
        path("", include("signatories.succession.urls")),
        path("", include("signatories.invitations.urls")),
        path("", include("signatories.acknowledgements.urls")),
        path("", include("signatories.imports.urls")),
        path("", include("forms_app.monthly_reports.urls")),
        path("", include("forms_app.data_requests.urls")),
        path("", include("forms_app.common.letter_templates.urls")),
        path("", include("forms_app.own_data.urls")),
        path("", include("forms_app.receiving_parties.urls")),
        path("", include("forms_app.training.urls")),
        path("", include("protocol_pages.care.urls")),
        path("", include("protocol_pages.urls")),
        *before_pages,
        path("", include(wagtail_urls)),  # last: its page tree matches every address
    ),
]
