"""Pages of this room. Their names begin with `access:`, the room whose ledger they show."""

from django.urls import path

from omtanke.trust import emergency_views, oversight, representative_views, role_views, who_sees

app_name = "access"
urlpatterns = [
    path("access/mine/", who_sees.my_citizens, name="my_citizens"),
    path("people/<int:citizen_id>/access/", who_sees.who_sees, name="who_sees"),
    path("people/<int:citizen_id>/access/before/", who_sees.who_could_see, name="who_could_see"),
    path("people/<int:citizen_id>/access/looks/", who_sees.who_has_looked, name="who_has_looked"),
    path("people/<int:citizen_id>/access/statement.pdf", who_sees.statement, name="statement"),
    path(
        "people/<int:citizen_id>/access/representatives/", representative_views.representatives, name="representatives"
    ),
    path(
        "people/<int:citizen_id>/access/representatives/<int:grant_id>/end/",
        representative_views.end_representative,
        name="end_representative",
    ),
    path("access/emergency/", emergency_views.emergency, name="emergency"),
    path("access/emergency/<int:emergency_id>/end/", emergency_views.end_emergency, name="end_emergency"),
    path("access/emergency/follow-up/", emergency_views.emergency_followups, name="emergency_followups"),
    path("access/emergency/follow-up/<int:emergency_id>/", emergency_views.follow_up, name="follow_up"),
    path("access/oversight/", oversight.oversight, name="oversight"),
    path("access/oversight/emergency/<int:emergency_id>/", oversight.oversight_follow_up, name="oversight_follow_up"),
    path("access/oversight/inquiries/new/", oversight.inquire, name="inquire"),
    path("access/oversight/inquiries/<int:inquiry_id>/", oversight.inquiry, name="inquiry"),
    path("access/my-looks/", oversight.own_looks, name="own_looks"),
    path("access/roles/", role_views.roles, name="roles"),
    path("access/roles/new/", role_views.new_user, name="new_user"),
    path("access/roles/<int:user_id>/", role_views.person_roles, name="person_roles"),
    path("access/roles/<int:user_id>/invite/", role_views.invite_again, name="invite_again"),
    path("access/roles/ended/<int:assignment_id>/", role_views.end_role, name="end_role"),
]
