"""Pages of this room."""

from django.urls import URLPattern, path

from omtanke.planning import road_notice_views, what_if_views
from omtanke.planning.views import decide, drafts, person, timeline, tours, use

app_name = "planning"
urlpatterns: list[URLPattern] = [
    # Drafts of a unit's days
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/new/", drafts.new_draft, name="new_draft"),
    path("drafts/<int:draft_id>/", drafts.draft, name="draft"),
    path("drafts/<int:draft_id>/steer/<str:deed>/", drafts.steer_draft, name="steer_draft"),
    path("drafts/<int:draft_id>/beside/<int:other_id>/", drafts.compare, name="compare"),
    # People decide
    path("drafts/<int:draft_id>/use/", use.use_draft, name="use_draft"),
    path("drafts/<int:draft_id>/visits/<int:visit_id>/move/", decide.move_visit, name="move_visit"),
    path("drafts/<int:draft_id>/visits/<int:visit_id>/not/", decide.not_this_carer, name="not_this_carer"),
    path("drafts/<int:draft_id>/rules/", decide.rules, name="rules"),
    path("drafts/<int:draft_id>/rules/<int:rule_id>/take-back/", decide.take_back_rule, name="take_back_rule"),
    path("drafts/<int:draft_id>/changes/<int:change_id>/undo/", decide.undo_change, name="undo_change"),
    # A draft in pictures and words
    path("drafts/<int:draft_id>/day/", timeline.draft_day, name="draft_day"),
    path("drafts/<int:draft_id>/map/", tours.draft_map, name="draft_map"),
    path("drafts/<int:draft_id>/people/<int:citizen_id>/", person.draft_person, name="draft_person"),
    path("drafts/<int:draft_id>/visits/<int:visit_id>/", timeline.draft_visit, name="draft_visit"),
    # What people know about the roads
    path("road-notices/", road_notice_views.road_notices, name="road_notices"),
    path("road-notices/<int:notice_id>/end/", road_notice_views.end_road_notice, name="end_road_notice"),
    # Before a change of the rota is decided
    path("what-if/", what_if_views.what_if, name="what_if"),
    path("what-if/away/", what_if_views.before_absence, name="before_absence"),
    path("what-if/<int:what_if_id>/", what_if_views.what_if_answer, name="what_if_answer"),
]
