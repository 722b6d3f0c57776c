"""Pages of this room."""

from django.urls import path

from omtanke.people import views, writing

app_name = "people"
urlpatterns = [
    path("people/", views.my_people, name="my_people"),
    path("people/all/", views.citizens, name="citizens"),
    path("people/<int:citizen_id>/", views.citizen, name="citizen"),
    path("people/<int:citizen_id>/portrait/", writing.portrait, name="portrait"),
    path("people/<int:citizen_id>/facts/", writing.facts, name="facts"),
    path("people/<int:citizen_id>/circle/", writing.circle, name="circle"),
    path("people/<int:citizen_id>/circle/add/", writing.add_tie, name="add_tie"),
    path("people/<int:citizen_id>/circle/<int:tie_id>/", writing.edit_tie, name="edit_tie"),
    path("people/<int:citizen_id>/circle/<int:tie_id>/take-out/", writing.take_out_tie, name="take_out_tie"),
    path("people/<int:citizen_id>/circle/undo/<int:line>/", writing.undo_tie, name="undo_tie"),
]
