from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from . import papers_views, views, word_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("review/", views.reviews, name="reviews"),
    path("review/<int:year>/", views.review, name="review"),
    path("review/<int:year>/open/", views.open_cycle, name="review-open"),
    path("review/<int:year>/no-change/", views.no_change, name="review-no-change"),
    path("review/<int:year>/clause/<str:block_id>/", views.comment_on, name="review-comment-on"),
    path("review/<int:year>/word/", word_views.own_copy, name="review-word"),
    path("review/<int:year>/record/<uuid:pk>/", views.record, name="review-record"),
    path("review/<int:year>/record/<uuid:pk>/word/", word_views.record_copy, name="review-record-word"),
    path(
        "review/<int:year>/record/<uuid:pk>/<str:block_id>/",
        views.record_comment,
        name="review-record-comment",
    ),
    path("review/<int:year>/draft/", views.build_draft, name="review-draft"),
    path("review/<int:year>/close/", views.close, name="review-close"),
    path("review/<int:year>/past/", views.record_past, name="review-past"),
    path("review/<int:year>/past/confirm/", views.confirm_past, name="review-past-confirm"),
    path("review/<int:year>/past/deny/", views.deny_past, name="review-past-deny"),
    path("review/<int:year>/dispositions.docx", papers_views.dispositions, name="review-dispositions"),
    path("review/<int:year>/redline.docx", papers_views.redline_file, name="review-redline"),
    path("review/answers/<uuid:pk>/", views.answer, name="review-answer"),
    path("review/answers/<uuid:pk>/confirm/", views.confirm_answer, name="review-confirm"),
    path("review/answers/<uuid:pk>/deny/", views.deny_answer, name="review-deny"),
    path("review/comments/<uuid:pk>/", views.comment, name="review-comment"),
    path("review/comments/<uuid:pk>/take-back/", views.take_back, name="review-take-back"),
    path("review/comments/<uuid:pk>/disposition/", views.dispose, name="review-dispose"),
]
