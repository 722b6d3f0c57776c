"""Pages of this room."""

from django.urls import URLPattern, path

from omtanke.everyday.views import (
    activities,
    assignments,
    attendance,
    calendar,
    catch,
    demand,
    ledger,
    meetings,
    occurrences,
    of_citizen,
    papers,
    places,
    public,
    sign_up,
    talk,
    talk_wishes,
    to_tell,
    wish,
)

app_name = "everyday"
urlpatterns: list[URLPattern] = [
    # What happens, and arranging it
    path("activities/", calendar.calendar, name="calendar"),
    path("activities/new/", activities.new_activity, name="new_activity"),
    path("activities/<int:activity_id>/", activities.activity, name="activity"),
    path("activities/<int:activity_id>/change/", activities.change_activity, name="change_activity"),
    path("activities/times/<int:occurrence_id>/", occurrences.occurrence, name="occurrence"),
    path("activities/times/<int:occurrence_id>/move/", occurrences.move_occurrence, name="move_occurrence"),
    path("activities/times/<int:occurrence_id>/cancel/", occurrences.cancel_occurrence, name="cancel_occurrence"),
    path("activities/times/<int:occurrence_id>/from-here/", activities.change_from_here, name="change_from_here"),
    path("activities/times/<int:occurrence_id>/end/", activities.stop_from_here, name="stop_from_here"),
    path("activities/times/<int:occurrence_id>/sign-up/", sign_up.sign_somebody_up, name="sign_up"),
    # On paper, and for everybody
    path("activities/poster.pdf", papers.print_poster, name="print_poster"),
    path("citizens/<int:citizen_id>/sheet/", papers.citizen_sheet, name="citizen_sheet"),
    path("citizens/<int:citizen_id>/sheet.pdf", papers.print_sheet, name="print_sheet"),
    path("calendar/", public.public_calendar, name="public_calendar"),
    path("calendar/<str:unit_code>/", public.public_calendar, name="public_calendar_of_unit"),
    # Whom to tell
    path("activities/to-tell/", to_tell.to_tell, name="to_tell"),
    path("activities/to-tell/<int:notice_id>/told/", to_tell.told, name="told"),
    path("activities/to-tell/<int:notice_id>/mine/", to_tell.i_tell, name="i_tell"),
    # Places and who arranges things
    path("hamlets/", places.hamlets, name="hamlets"),
    path("hamlets/<int:hamlet_id>/", places.hamlet, name="hamlet"),
    path("arenas/", places.arenas, name="arenas"),
    path("arenas/new/", places.new_arena, name="new_arena"),
    path("arenas/<int:arena_id>/", places.arena, name="arena"),
    path("arenas/<int:arena_id>/change/", places.change_arena, name="change_arena"),
    path("organisers/", places.organisers, name="organisers"),
    path("organisers/new/", places.new_organiser, name="new_organiser"),
    path("organisers/<int:organiser_id>/change/", places.change_organiser, name="change_organiser"),
    # A volunteer's own
    path("assignments/", assignments.my_assignments, name="my_assignments"),
    # Wishes
    path("wishes/catch/", catch.catch_wish, name="catch_wish"),
    path("wishes/catch/interest/", catch.suggest_interest, name="suggest_interest"),
    path("wishes/catch/person/", catch.find_person, name="find_person"),
    path("people/<int:citizen_id>/wishes/catch/", catch.catch_wish_for, name="catch_wish_for"),
    path("wishes/<int:wish_id>/", wish.wish, name="wish"),
    path("wishes/<int:wish_id>/take-back/", catch.take_back_wish, name="take_back_wish"),
    path("wishes/<int:wish_id>/interest/", wish.change_interest, name="change_interest"),
    path("wishes/<int:wish_id>/step/", wish.step, name="wish_step"),
    path("wishes/<int:wish_id>/owner/", wish.hand_over_wish, name="hand_over_wish"),
    path("people/<int:citizen_id>/everyday/", of_citizen.citizen_everyday, name="citizen_everyday"),
    path("people/<int:citizen_id>/everyday/wishes/", of_citizen.citizen_wishes_panel, name="citizen_wishes_panel"),
    path("people/<int:citizen_id>/everyday/<int:wish_id>/rank/", of_citizen.rank_wish, name="rank_wish"),
    # The interest talk
    path("people/<int:citizen_id>/interest-talk/", talk.talk, name="talk"),
    path("people/<int:citizen_id>/interest-talk/begin/", talk.begin_talk, name="begin_talk"),
    path("people/<int:citizen_id>/interest-talk/<int:answers_id>/", talk.talk_step, name="talk_step"),
    path("people/<int:citizen_id>/interest-talk/<int:answers_id>/wishes/", talk_wishes.talk_wishes, name="talk_wishes"),
    path("interest-talks/", talk.talks_waiting, name="talks_waiting"),
    # What came of them
    path("wishes/", ledger.ledger, name="ledger"),
    path("wishes/wishes.csv", ledger.ledger_csv, name="ledger_csv"),
    path("wishes/offered/", demand.demand, name="demand"),
    path("wishes/offered/letter.pdf", demand.demand_letter, name="demand_letter"),
    path("wishes/offered/<str:interest>/", demand.demand_people, name="demand_people"),
    # It happened
    path("activities/times/<int:occurrence_id>/it-happened/", attendance.it_happened, name="it_happened"),
    path("activities/times/<int:occurrence_id>/it-happened/attend/", attendance.attend, name="attend"),
    path("activities/times/<int:occurrence_id>/it-happened/who/", attendance.who_came, name="who_came"),
    path(
        "activities/times/<int:occurrence_id>/it-happened/<int:participation_id>/",
        attendance.how_it_was,
        name="how_it_was",
    ),
    # Residents' meetings
    path("meetings/residents/", meetings.meetings, name="meetings"),
    path("meetings/residents/new/", meetings.new_meeting, name="new_meeting"),
    path("meetings/residents/<int:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/residents/<int:meeting_id>/minutes.pdf", meetings.meeting_minutes, name="meeting_minutes"),
    path("meetings/residents/<int:meeting_id>/add/", meetings.add_item, name="meeting_add_item"),
    path("meetings/residents/<int:meeting_id>/who/", meetings.who_came, name="meeting_who_came"),
    path("meetings/residents/<int:meeting_id>/wish/", meetings.wish_said, name="meeting_wish"),
    path("meetings/residents/<int:meeting_id>/<int:item_id>/decide/", meetings.decide, name="meeting_decide"),
    path("meetings/residents/<int:meeting_id>/<int:item_id>/outcome/", meetings.outcome, name="meeting_outcome"),
]
