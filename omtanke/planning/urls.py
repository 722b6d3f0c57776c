"""Pages of this room."""

from django.urls import URLPattern, path

from omtanke.planning import road_notice_views

app_name = "planning"
urlpatterns: list[URLPattern] = [
    # What people know about the roads
    path("road-notices/", road_notice_views.road_notices, name="road_notices"),
    path("road-notices/<int:notice_id>/end/", road_notice_views.end_road_notice, name="end_road_notice"),
]
