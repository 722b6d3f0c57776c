"""Pages of this room."""

from django.urls import URLPattern

app_name = "befriending"
urlpatterns: list[URLPattern] = []
