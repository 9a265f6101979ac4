"""Addresses of the slice: random ids only (D12); GET changes nothing."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from .views import acting, answering, board, correcting, deciding, lists, recording, registering, releasing

urlpatterns: list[URLPattern | URLResolver] = [
    path("requests/", lists.index, name="requests"),
    path("requests/new/", registering.kind, name="request-kind"),
    path("requests/new/<slug:kind>/", registering.new, name="request-new"),
    path("requests/media/", lists.media_register, name="media-register"),
    path("requests/media/<uuid:pk>/", lists.media_decide, name="media-decide"),
    path("requests/releases/", releasing.register, name="releases"),
    path("requests/<uuid:pk>/", board.board, name="request-board"),
    path("requests/<uuid:pk>/on-file/", lists.whole, name="request-facts"),
    path("requests/<uuid:pk>/edit/", registering.edit, name="request-edit"),
    path("requests/<uuid:pk>/consultation/", deciding.consult, name="request-consult"),
    path("requests/<uuid:pk>/classify/", deciding.classify, name="request-classify"),
    path("requests/<uuid:pk>/do/<slug:action>/", acting.act, name="request-act"),
    path("requests/<uuid:pk>/decide/", deciding.decide, name="request-decide"),
    path("requests/<uuid:pk>/memo.docx", deciding.memo, name="request-memo"),
    path("requests/<uuid:pk>/release/", releasing.release, name="request-release"),
    path("requests/<uuid:pk>/letter.docx", releasing.download, name="request-letter"),
    path("answers/<uuid:pk>/", answering.answer, name="ask-answer"),
    path("answers/<uuid:pk>/record/", recording.record, name="ask-record"),
    path("answers/<uuid:pk>/mail/", recording.mail, name="ask-mail"),
    path("answers/received/<uuid:pk>/", correcting.confirm, name="answer-confirm"),
    path("answers/received/<uuid:pk>/correct/", correcting.correct, name="answer-correct"),
    path("answers/corrections/<uuid:pk>/", correcting.correction, name="answer-correction"),
]
