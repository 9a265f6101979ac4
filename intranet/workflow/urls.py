from django.urls import path

from . import views

urlpatterns = [
    path("history/<slug:kind>/<uuid:pk>/", views.history, name="history"),
    path("events/", views.events, name="events"),
]
