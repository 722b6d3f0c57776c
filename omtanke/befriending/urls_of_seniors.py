"""Pages of the seniors: ready for visits, visits on the phone, meetings, the newsletter, those who speak well of us."""

from django.urls import URLPattern, path

from omtanke.befriending.views import (
    lead_seniors,
    newsletters,
    ready,
    supporters,
    take_on,
    team_meetings,
    times,
    visiting,
)

urlpatterns: list[URLPattern] = [
    # Ready for visits
    path("my-visits/ready/", ready.ready, name="ready"),
    path("my-visits/trainings/<str:training>/", ready.training, name="training"),
    path("my-visits/trainings/<str:training>/video/", ready.see_video, name="see_video"),
    path("my-visits/trainings/<str:training>/finish/", ready.finish_training, name="finish_training"),
    path("my-visits/trainings/<str:training>/<str:chapter>/", ready.chapter, name="chapter"),
    path("my-visits/declaration/", ready.declaration, name="declaration"),
    path("my-visits/declaration/<int:signature_id>/", ready.signed_declaration, name="signed_declaration"),
    path("my-visits/plans/<int:match_id>/read/", ready.read_plan, name="read_plan"),
    # Visits on the phone
    path("my-visits/", visiting.my_visits, name="my_visits"),
    path("my-visits/visits/<int:service_visit_id>/", visiting.visit, name="visit"),
    path("my-visits/visits/<int:service_visit_id>/times/", times.my_times, name="my_times"),
    path("orders/visits/<int:service_visit_id>/times/", times.correct_times, name="correct_times"),
    path("my-visits/visits/<int:service_visit_id>/begin/", visiting.begin_visit, name="begin_visit"),
    path("my-visits/visits/<int:service_visit_id>/end/", visiting.end_visit, name="end_visit"),
    path("my-visits/visits/<int:service_visit_id>/take-back/", visiting.take_back, name="take_back"),
    path("my-visits/visits/<int:service_visit_id>/no-visit/", visiting.no_visit, name="no_visit"),
    path("my-visits/visits/<int:service_visit_id>/told/", visiting.told_kin, name="told_kin"),
    # The monthly meeting
    path("my-visits/meetings/", team_meetings.my_meetings, name="my_meetings"),
    path("my-visits/meetings/<int:team_meeting_id>/answer/", team_meetings.answer_meeting, name="answer_meeting"),
    path("seniors/meetings/", team_meetings.team_meetings, name="team_meetings"),
    path("seniors/meetings/new/", team_meetings.call_meeting, name="call_meeting"),
    path("seniors/meetings/<int:team_meeting_id>/", team_meetings.team_meeting, name="team_meeting"),
    path("seniors/meetings/<int:team_meeting_id>/change/", team_meetings.change_meeting, name="change_meeting"),
    path("seniors/meetings/<int:team_meeting_id>/cancel/", team_meetings.cancel_meeting, name="cancel_meeting"),
    path("seniors/meetings/<int:team_meeting_id>/there/", team_meetings.who_was_there, name="who_was_there"),
    # For those who lead
    path("seniors/", lead_seniors.seniors, name="seniors"),
    path("seniors/new/", take_on.new_senior, name="new_senior"),
    path("seniors/<int:senior_id>/end/", take_on.end_senior, name="end_senior"),
    path("seniors/trainings/<str:training>/video/", lead_seniors.video, name="video"),
    # The newsletter
    path("newsletter/", newsletters.newsletter, name="newsletter"),
    path("newsletter/<int:year>/<int:month>/", newsletters.newsletter, name="newsletter_of"),
    path("newsletter/<int:year>/<int:month>/newsletter.pdf", newsletters.newsletter_paper, name="newsletter_paper"),
    path("newsletters/", newsletters.newsletters, name="newsletters"),
    path("newsletters/<int:newsletter_id>/", newsletters.write_newsletter, name="write_newsletter"),
    path("newsletters/<int:newsletter_id>/publish/", newsletters.publish_newsletter, name="publish_newsletter"),
    # Those who speak well of us
    path("supporters/", supporters.supporters, name="supporters"),
    path("supporters/new/", supporters.new_supporter, name="new_supporter"),
    path("supporters/<int:supporter_id>/", supporters.supporter, name="supporter"),
    path("supporters/<int:supporter_id>/change/", supporters.change_supporter, name="change_supporter"),
    path("supporters/<int:supporter_id>/goodbye/", supporters.say_goodbye, name="say_goodbye"),
]
