"""The URL map: our own pages under a language prefix, libraries after, Wagtail's page tree last."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    *i18n_patterns(
        path("", include("intranet.access.urls")),
        path("", include("intranet.home.urls")),
        path("", include("intranet.workflow.urls")),
        path("", include("intranet.network.urls")),
        path("", include("intranet.clock.urls")),
        path("", include("intranet.notices.urls")),
        path("", include("intranet.files.urls")),
        path("", include("protocol_pages.editions.urls")),
        path("", include("signatories.urls")),
        path("", include("forms_app.monthly_reports.urls")),
        path("", include("forms_app.data_requests.urls")),
        path("", include("forms_app.own_data.urls")),
        path("", include("protocol_pages.urls")),
    ),
]
