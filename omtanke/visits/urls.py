"""Pages of this room."""

from django.urls import URLPattern, path

from omtanke.visits import absence_views

app_name = "visits"
urlpatterns: list[URLPattern] = [
    # Who is away
    path("absences/new/", absence_views.new_absence, name="new_absence"),
    path("absences/<int:absence_id>/", absence_views.absence, name="absence"),
    path("absences/<int:absence_id>/back/", absence_views.back, name="back"),
]
