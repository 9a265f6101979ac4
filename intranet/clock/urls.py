from django.urls import path

from . import views

urlpatterns = [
    path("calendar/", views.this_year, name="calendar-now"),
    path("calendar/<int:year>/", views.calendar, name="calendar"),
    path("calendar/<int:year>/load/", views.load_year, name="calendar-load"),
    path("calendar/<int:year>/confirm/", views.confirm_year, name="calendar-confirm"),
    path("calendar/day/", views.add_day, name="calendar-day-new"),
    path("calendar/day/<uuid:pk>/", views.change_day, name="calendar-day"),
]
