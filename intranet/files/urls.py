from django.urls import path

from . import views

urlpatterns = [path("files/<uuid:pk>/", views.download, name="file")]
