"""Pages of this room."""

from django.urls import URLPattern, path

from omtanke.insight import views

app_name = "insight"
urlpatterns: list[URLPattern] = [
    # A leader's day
    path("today/", views.today, name="today"),
]
