"""Pages of this room."""

from django.urls import URLPattern, path

from omtanke.visits import absence_views
from omtanke.visits.views import book, edit, places, sharing, shift, visit, week

app_name = "visits"
urlpatterns: list[URLPattern] = [
    # The carer's day
    path("shift/", shift.my_shift, name="my_shift"),
    path("shift/lists/", sharing.share_out, name="share_out"),
    path("shift/rotation/", sharing.rotation, name="share_rotation"),
    path("rounds/<int:round_id>/", shift.read_round, name="read_round"),
    path("rounds/<int:round_id>/print.pdf", shift.print_round, name="print_round"),
    path("rounds/<int:round_id>/take/", sharing.take, name="take_list"),
    path("rounds/<int:round_id>/give-back/", sharing.give_back, name="give_back"),
    path("rounds/<int:round_id>/hand-out/", sharing.hand_out, name="hand_out"),
    path("visits/<int:visit_id>/", visit.visit, name="visit"),
    path("visits/<int:visit_id>/start/", visit.start, name="visit_start"),
    path("visits/<int:visit_id>/end/", visit.end, name="visit_end"),
    path("visits/<int:visit_id>/undo/", visit.undo, name="visit_undo"),
    path("visits/<int:visit_id>/not-done/", visit.not_done, name="visit_not_done"),
    path("visits/<int:visit_id>/write/", visit.write, name="visit_write"),
    # One person's visits
    path("citizens/<int:citizen_id>/briefing/", book.briefing, name="briefing"),
    path("citizens/<int:citizen_id>/visit-book/", book.visit_book, name="visit_book"),
    path("citizens/<int:citizen_id>/visit-book/write/", book.write_in_book, name="write_in_book"),
    path("citizens/<int:citizen_id>/week/", book.citizen_week, name="citizen_week"),
    # Who is away
    path("absences/new/", absence_views.new_absence, name="new_absence"),
    path("absences/<int:absence_id>/", absence_views.absence, name="absence"),
    path("absences/<int:absence_id>/back/", absence_views.back, name="back"),
    # From a decision to a place on a list
    path("no-place/", places.no_place, name="no_place"),
    path("no-place/decisions/", places.decisions_without_place, name="decisions_without_place"),
    path("decisions/<int:decision_id>/visits/", places.decision_visits, name="decision_visits"),
    path("decisions/<int:decision_id>/visits/add/", places.add_visit, name="add_visit"),
    path("decisions/<int:decision_id>/visits/load/", places.list_load, name="list_load"),
    path("decisions/<int:decision_id>/end/", places.end_a_decision, name="end_decision"),
    path("recurring/<int:recurring_id>/change/", places.change_visit, name="change_visit"),
    path("recurring/<int:recurring_id>/end/", places.end_visit, name="end_visit"),
    # The lists of days to come
    path("week/", week.week, name="week"),
    path("week/undo/", edit.undo_edit, name="undo_edit"),
    path("week/<int:round_id>/<str:deed>/", edit.edit_list, name="edit_list"),
]
