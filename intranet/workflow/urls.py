from django.urls import path

from . import views

urlpatterns = [
    path("history/<slug:kind>/<uuid:pk>/", views.history, name="history"),
    path("history/<slug:kind>/<uuid:pk>/versions/", views.compare, name="history-versions"),
    path("events/", views.events, name="events"),
    path("access-log/", views.access, name="access-log"),
    path("access-log/own/", views.own_access, name="own-access"),
]
