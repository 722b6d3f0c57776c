"""Pages of this room."""

from django.urls import path

from omtanke.care.views import decisions

app_name = "care"
urlpatterns = [
    # Decisions
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/new/", decisions.take_in_decision, name="take_in_decision"),
    path("decisions/new-person/", decisions.register_person, name="register_person"),
    path("decisions/<int:decision_id>/", decisions.decision, name="decision"),
    path("decisions/<int:decision_id>/change/", decisions.change, name="change_decision"),
]
