from django.urls import path

from . import views

urlpatterns = [
    path("care/", views.care, name="page-care"),
    path("care/languages/", views.coverage, name="library-coverage"),
    path("care/<uuid:pk>/", views.settle, name="page-problem-settle"),
    path("care/pages/<int:pk>/problem/", views.problem, name="page-problem"),
    path("care/pages/<int:pk>/still-correct/", views.still_correct, name="page-still-correct"),
    path("themes/", views.themes, name="library-themes"),
]
