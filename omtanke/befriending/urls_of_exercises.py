"""Pages of exercises: a person's plan, the exercises of a visit, the bank."""

from django.urls import URLPattern, path

from omtanke.befriending.views import exercise_bank, exercise_plan, exercises_at_visit

urlpatterns: list[URLPattern] = [
    path("visiting/people/<int:citizen_id>/exercises/", exercise_plan.exercise_plan, name="exercise_plan"),
    path("visiting/people/<int:citizen_id>/exercises/make/", exercise_plan.make, name="make_exercise_plan"),
    path("visiting/people/<int:citizen_id>/exercises/plan.pdf", exercise_plan.paper, name="exercise_paper"),
    path("visiting/people/<int:citizen_id>/exercises/all/", exercise_plan.all_of_them, name="exercises_for"),
    path("visiting/people/<int:citizen_id>/exercises/choose/<str:code>/", exercise_plan.choose, name="choose_exercise"),
    path("visiting/visits/<int:service_visit_id>/exercises/", exercises_at_visit.exercises, name="visit_exercises"),
    path("visiting/visits/<int:service_visit_id>/exercises/<str:code>/", exercises_at_visit.tick, name="tick_exercise"),
    path("visiting/exercises/", exercise_bank.bank, name="exercise_bank"),
    path("visiting/exercises/new/", exercise_bank.new, name="new_exercise"),
    path("visiting/exercises/<int:own_exercise_id>/", exercise_bank.change, name="change_exercise"),
    path("visiting/exercises/<int:own_exercise_id>/take-out/", exercise_bank.take_out, name="take_out_exercise"),
]
