from django.urls import path

from . import views

urlpatterns = [
    path("notices/", views.stuck_notices, name="notices"),
    path("notices/<uuid:pk>/", views.notice, name="notice"),
    path("notices/<uuid:pk>/again/", views.try_again, name="notice-again"),
    path("notices/<uuid:pk>/told/", views.told, name="notice-told"),
]
