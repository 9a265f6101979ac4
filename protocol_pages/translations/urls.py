"""Addresses of reviewers' texts. What is confirmed is read in the reader: ``/protocol/?beside=ar``."""

from __future__ import annotations

from django.urls import path

from . import views, word_views

urlpatterns = [
    path("protocol/texts/", views.texts, name="reviewed-texts"),
    path("protocol/texts/begin/", views.begin, name="reviewed-begin"),
    path("protocol/texts/<uuid:pk>/", views.text, name="reviewed-text"),
    path("protocol/texts/<uuid:pk>/details/", views.describe, name="reviewed-describe"),
    path("protocol/texts/<uuid:pk>/block/<str:block_id>/", views.block, name="reviewed-block"),
    path("protocol/texts/<uuid:pk>/word/", word_views.fill, name="reviewed-fill"),
    path("protocol/texts/<uuid:pk>/hand-in/", views.hand_in, name="reviewed-hand-in"),
    path("protocol/texts/<uuid:pk>/return/", views.send_back, name="reviewed-return"),
    path("protocol/texts/<uuid:pk>/confirm/", views.confirm, name="reviewed-confirm"),
    path("protocol/texts/<uuid:pk>/withdraw/", views.withdraw, name="reviewed-withdraw"),
    path("protocol/texts/<uuid:pk>/discard/", views.discard, name="reviewed-discard"),
    path("protocol/<edition:label>/beside/<str:language>.docx", word_views.word, name="reviewed-word"),
]
