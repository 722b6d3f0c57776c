"""Pages of this room."""

from django.urls import path

from omtanke.care.views import contacts, decisions, of_citizen

app_name = "care"
urlpatterns = [
    # Decisions
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/new/", decisions.take_in_decision, name="take_in_decision"),
    path("decisions/new-person/", decisions.register_person, name="register_person"),
    path("decisions/<int:decision_id>/", decisions.decision, name="decision"),
    path("decisions/<int:decision_id>/change/", decisions.change, name="change_decision"),
    path("people/<int:citizen_id>/decisions/", of_citizen.citizen_decisions, name="citizen_decisions"),
    path("people/<int:citizen_id>/decisions/now/", of_citizen.citizen_decisions_panel, name="citizen_decisions_panel"),
    # Named contacts
    path("people/<int:citizen_id>/contacts/", contacts.contacts, name="contacts"),
    path("people/<int:citizen_id>/contacts/<str:role>/choose/", contacts.choose_contact, name="choose_contact"),
    path("people/<int:citizen_id>/contacts/told/", contacts.tell_contacts, name="tell_contacts"),
    path("people/<int:citizen_id>/contact-card.pdf", contacts.contact_card, name="contact_card"),
]
