"""Pages of this room."""

from django.urls import URLPattern, path

from omtanke.planning import road_notice_views
from omtanke.planning.views import drafts, person, timeline, tours

app_name = "planning"
urlpatterns: list[URLPattern] = [
    # Drafts of a unit's days
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/new/", drafts.new_draft, name="new_draft"),
    path("drafts/<int:draft_id>/", drafts.draft, name="draft"),
    path("drafts/<int:draft_id>/steer/<str:deed>/", drafts.steer_draft, name="steer_draft"),
    # A draft in pictures and words
    path("drafts/<int:draft_id>/day/", timeline.draft_day, name="draft_day"),
    path("drafts/<int:draft_id>/map/", tours.draft_map, name="draft_map"),
    path("drafts/<int:draft_id>/people/<int:citizen_id>/", person.draft_person, name="draft_person"),
    path("drafts/<int:draft_id>/visits/<int:visit_id>/", timeline.draft_visit, name="draft_visit"),
    # What people know about the roads
    path("road-notices/", road_notice_views.road_notices, name="road_notices"),
    path("road-notices/<int:notice_id>/end/", road_notice_views.end_road_notice, name="end_road_notice"),
]
