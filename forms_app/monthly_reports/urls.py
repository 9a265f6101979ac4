"""``/reports/…``: an organization's own months. ``/board/…``: the Coordinator's and the office's grid."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.resolvers import URLPattern, URLResolver

from . import board_views, partner_views, views
from .months import MonthConverter

register_converter(MonthConverter, "month")

urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", views.reports, name="reports"),
    path("reports/partners/", partner_views.partner_months, name="reports-partners"),
    path("reports/<month:month>/", views.report, name="report"),
    path("reports/<month:month>/nothing/", views.nothing, name="report-nothing"),
    path("reports/<month:month>/correct/", views.correct, name="report-correct"),
    path("reports/<month:month>/correct/nothing/", views.correct_to_nothing, name="report-correct-nothing"),
    path("reports/<month:month>/receipt/", views.receipt, name="report-receipt"),
    path("board/", board_views.board, name="board"),
    path("board/<month:month>/", board_views.board_month, name="board-month"),
    path("board/<month:month>/intake/", board_views.intake, name="board-intake"),
    path("board/reports/<uuid:pk>/", board_views.board_report, name="board-report"),
]
