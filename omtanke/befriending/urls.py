"""Pages of this room."""

from django.urls import URLPattern, path

from omtanke.befriending import urls_of_exercises
from omtanke.befriending.views import orders, seniors

app_name = "befriending"
urlpatterns: list[URLPattern] = [
    # The department
    path("orders/", orders.orders, name="orders"),
    # The senior
    path("my-visits/", seniors.my_visits, name="my_visits"),
    *urls_of_exercises.urlpatterns,
]
