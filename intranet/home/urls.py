from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("due/", views.everything_due, name="due"),
    path("changed/", views.changed, name="changed"),
    path("style-guide/", views.styles, name="style-guide"),
]
