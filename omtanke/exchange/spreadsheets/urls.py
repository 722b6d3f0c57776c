"""Pages of this room."""

from django.urls import path

from omtanke.exchange.spreadsheets import views

app_name = "spreadsheets"
urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/template.xlsx", views.template, name="template"),
    path("imports/<int:run_id>/", views.run, name="run"),
    path("imports/<int:run_id>/take-in", views.take_in, name="take_in"),
    path("imports/<int:run_id>/again", views.take_up_again, name="take_up_again"),
    path("imports/<int:run_id>/refused.xlsx", views.refused, name="refused"),
]
