from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("take-part/suspend/", views.suspend, name="suspend"),
    path("take-part/suspend/anew/", views.renew, name="suspension-renew"),
    path("take-part/resume/", views.resume, name="resume"),
    path("take-part/stop-flow/", views.stop_flow, name="flow-stop"),
    path("take-part/resume-flow/", views.resume_flow, name="flow-resume"),
    path("network/entries/<uuid:pk>/acknowledge/", views.acknowledge, name="entry-acknowledge"),
]
