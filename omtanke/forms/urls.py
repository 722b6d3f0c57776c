"""Pages of this room."""

from django.urls import path

from omtanke.forms.views import counts, of_citizen, of_keeper

app_name = "forms"
urlpatterns = [
    path("people/<int:citizen_id>/forms/", of_citizen.citizen_forms, name="citizen_forms"),
    path("people/<int:citizen_id>/forms/begin/<int:questionnaire_id>/", of_citizen.begin_form, name="begin"),
    path("people/<int:citizen_id>/forms/<int:answers_id>/", of_citizen.answers, name="answers"),
    path("people/<int:citizen_id>/forms/<int:answers_id>/fill/", of_citizen.fill, name="fill"),
    path("people/<int:citizen_id>/forms/<int:answers_id>/fhir.json", of_citizen.answers_as_fhir, name="answers_fhir"),
    path("forms/", of_keeper.forms, name="forms"),
    path("forms/<int:questionnaire_id>/", of_keeper.form, name="form"),
    path("forms/<int:questionnaire_id>/publish/", of_keeper.publish_form, name="publish"),
    path("forms/<int:questionnaire_id>/retire/", of_keeper.retire_form, name="retire"),
    path("forms/<int:questionnaire_id>/questionnaire.json", of_keeper.file_of_form, name="file"),
    path("forms/counts/", counts.counts, name="counts"),
    path("forms/counts/answers.csv", counts.counts_as_csv, name="counts_csv"),
]
