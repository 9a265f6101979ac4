from django.urls import path

from . import views

urlpatterns = [path("papers/verify/<uuid:pk>/", views.verify, name="paper-verify")]
