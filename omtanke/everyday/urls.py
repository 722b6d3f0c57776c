"""Pages of this room."""

from django.urls import URLPattern, path

from omtanke.everyday.views import assignments, calendar

app_name = "everyday"
urlpatterns: list[URLPattern] = [
    path("activities/", calendar.calendar, name="calendar"),
    path("assignments/", assignments.my_assignments, name="my_assignments"),
]
