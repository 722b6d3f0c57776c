"""Pages of this room."""

from django.urls import URLPattern, path

from omtanke.insight import delivered_views, views

app_name = "insight"
urlpatterns: list[URLPattern] = [
    # A leader's day
    path("today/", views.today, name="today"),
    # Granted against delivered
    path("delivered/", delivered_views.delivered, name="delivered"),
    path("citizens/<int:citizen_id>/delivered/", delivered_views.citizen_delivered, name="citizen_delivered"),
]
