"""Pages of this room."""

from django.urls import URLPattern, path

from omtanke.exchange.tripletex import views

app_name = "tripletex"
urlpatterns: list[URLPattern] = [
    path("tripletex/", views.periods, name="periods"),
    path("tripletex/<int:run_id>/", views.run, name="run"),
    path("tripletex/<int:run_id>/book/", views.book, name="book"),
    path("tripletex/<int:run_id>/begin-again/", views.begin_again, name="begin_again"),
    path("tripletex/<int:run_id>/look-again/", views.look_again, name="look_again"),
    path("tripletex/<int:run_id>/hours.csv", views.hours_csv, name="hours_csv"),
    path("tripletex/<int:run_id>/notebooks.csv", views.notebooks_csv, name="notebooks_csv"),
    path("my-hours/", views.my_hours, name="my_hours"),
]
