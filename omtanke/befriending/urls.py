"""Pages of this room."""

from django.urls import URLPattern, path

from omtanke.befriending import urls_of_exercises, urls_of_seniors
from omtanke.befriending.views import before, form, orders, planning, public

app_name = "befriending"
urlpatterns: list[URLPattern] = [
    # For everybody
    path("order/", public.order_visits, name="order_visits"),
    path("order/thank-you/", public.ordered, name="ordered"),
    # The department
    path("orders/", orders.orders, name="orders"),
    path("orders/week/", planning.week, name="week"),
    path("orders/<int:order_id>/", orders.order, name="order"),
    path("orders/<int:order_id>/take-on/", orders.take_on, name="take_on"),
    path("orders/<int:order_id>/facts/", orders.facts, name="facts"),
    path("orders/<int:order_id>/mine/", orders.take_over, name="take_over"),
    path("orders/<int:order_id>/close/", orders.close, name="close"),
    path("orders/<int:order_id>/on-hold/", orders.take_out_waiting, name="take_out_waiting"),
    path("orders/<int:order_id>/talk/", before.talk, name="talk"),
    path("orders/<int:order_id>/meeting/", before.meeting, name="meeting"),
    path("orders/<int:order_id>/criteria/", before.criteria, name="criteria"),
    path("orders/<int:order_id>/senior/", planning.choose_senior, name="choose_senior"),
    path("orders/<int:order_id>/visits/", planning.plan, name="plan"),
    path("orders/matches/<int:match_id>/end/", planning.end_match, name="end_match"),
    path("orders/rhythms/<int:rhythm_id>/end/", planning.end_rhythm, name="end_rhythm"),
    path("orders/visits/<int:visit_id>/", planning.change_visit, name="change_visit"),
    # The form, for those who lead and the senior who visits
    path("orders/<int:order_id>/form/", form.read_form, name="read_form"),
    path("orders/<int:order_id>/form/begin/", form.begin_form, name="begin_form"),
    path("orders/<int:order_id>/form/fill/", form.fill_in, name="fill_in"),
    *urls_of_exercises.urlpatterns,
    *urls_of_seniors.urlpatterns,
]
