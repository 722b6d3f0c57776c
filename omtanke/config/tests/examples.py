"""What stands in a page's address when the tests try every page: one line for each name in an address.

Keyed by 'page/argument', or by the argument alone where it always means the same.
"""

from collections.abc import Callable
from datetime import date, time, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from omtanke.access.models import EmergencyAccess, Inquiry
from omtanke.befriending.models import Match, Newsletter, OwnExercise, Rhythm, ServiceVisit, Supporter, TeamMeeting
from omtanke.befriending.plan_visits import plan_rhythm, plan_visit
from omtanke.befriending.tests.making import ready
from omtanke.config.tests.cast import Cast, at, day, today
from omtanke.everyday.arrange import arrange
from omtanke.everyday.models import (
    Activity,
    Arena,
    Assignment,
    HelpWanted,
    Hindrance,
    MeetingItem,
    MonthChoice,
    MonthPlan,
    Notice,
    Occurrence,
    Organiser,
    Participation,
)
from omtanke.everyday.residents_meeting import plan_meeting
from omtanke.everyday.say_wish import say_wish
from omtanke.exchange.ical.feeds import make_feed
from omtanke.exchange.ical.models import CalendarImport, PartnerCalendar
from omtanke.exchange.spreadsheets.models import ImportRun
from omtanke.exchange.tripletex.models import HoursRun
from omtanke.forms.filling_in import begin
from omtanke.forms.keeping import bring_shipped
from omtanke.forms.models import Answers, Questionnaire
from omtanke.people.models import Hamlet
from omtanke.phone.models import Phone, Report
from omtanke.planning.as_lists import as_lists_stand
from omtanke.planning.models import Draft, DraftChange, DraftRule, RoadNotice, WhatIf
from omtanke.planning.plans import case_of, keep_plan


def emergency_of(cast: Cast) -> int:
    """Kari opened Astrid's record in an emergency."""
    now = timezone.now()
    return EmergencyAccess.objects.create(
        holder=cast.kari.user,
        citizen_id=cast.astrid.pk,
        unit_ids=[cast.nord.pk],
        words="Hun svarer ikke når jeg ringer på.",
        since=now,
        until=now + timedelta(hours=12),
    ).pk


def notice_of(cast: Cast) -> int:
    """The ferry from a hamlet."""
    here, _made = Hamlet.objects.get_or_create(name="Leinesfjord")
    notice = RoadNotice.objects.create(from_hamlet=here, minutes=25, why="Ferja", since=today(), by=cast.liv.user)
    return notice.pk


def phone_report_of(cast: Cast) -> UUID:
    """Kari's phone said something that waits for somebody's eye."""
    phone = Phone.objects.create(pk=uuid4(), user=cast.kari.user)
    return Report.objects.create(
        pk=uuid4(),
        phone=phone,
        employee=cast.kari,
        citizen=cast.astrid,
        visit=cast.visit,
        kind="start",
        device_at=timezone.now(),
        happened_at=timezone.now(),
        why="somebody_else",
    ).pk


def draft_of(cast: Cast) -> int:
    """A draft of today, with the day as the lists stand for a plan."""
    draft = Draft.objects.create(
        unit=cast.nord, first=today(), last=today(), name="I dag", asked_by=cast.liv.user, state=Draft.State.READY
    )
    case = case_of(draft, on=today())
    keep_plan(draft, case, as_lists_stand(case))
    return draft.pk


def questionnaire_of(cast: Cast) -> Questionnaire:
    """WHO-5, in use."""
    bring_shipped()
    return Questionnaire.objects.active().get(url="urn:omtanke:questionnaire:who-5")


def answers_of(cast: Cast) -> Answers:
    """Astrid's, begun."""
    return begin(cast.astrid, questionnaire_of(cast), by=cast.kari.user, at=timezone.now())


def happens(cast: Cast) -> Occurrence:
    """Choir every week from tomorrow, for the whole municipality; its first time."""
    facts = {"title": "Kor", "starts": at("11:00", day(1)), "minutes": 90, "repeats": "FREQ=WEEKLY"}
    known = Activity.objects.filter(title="Kor").first() or arrange(facts, by=None, now=timezone.now())
    return known.occurrences.in_order()[0]


def to_tell(cast: Cast) -> int:
    one = happens(cast)
    notice, _made = Notice.objects.get_or_create(
        occurrence=one, citizen=cast.astrid, about="cancelled", was=one.starts, teller=cast.marit.user
    )
    return notice.pk


def draft_rule_of(cast: Cast) -> int:
    """Kari wishes to meet Astrid."""
    draft = Draft.objects.get(pk=draft_of(cast))
    return DraftRule.objects.create(
        draft=draft, kind=DraftRule.Kind.WISH_PERSON, employee=cast.kari, citizen=cast.astrid, added_by=cast.liv.user
    ).pk


def wish_of(cast: Cast) -> int:
    """Astrid told Kari what she wishes for."""
    return say_wish(cast.astrid, "Jeg vil synge i kor igjen", by=cast.kari.user, at=timezone.now()).pk


def participation_of(cast: Cast) -> int:
    """Astrid is expected at the choir."""
    one = happens(cast)
    period = {"starts": one.starts, "ends": one.ends}
    known, _made = Participation.objects.get_or_create(citizen=cast.astrid, occurrence=one, defaults=period)
    return known.pk


def meeting_item_of(cast: Cast) -> MeetingItem:
    """The residents of Nord meet and talk about the food."""
    known = MeetingItem.objects.filter(title="Maten").first()
    return known or plan_meeting(cast.nord, at("14:00", day(1)), ["Maten"], by=None).items.get()


def partner_of(cast: Cast) -> PartnerCalendar:
    return PartnerCalendar.objects.get_or_create(name="Menigheten")[0]


def calendar_file_of(cast: Cast) -> int:
    return CalendarImport.objects.create(partner=partner_of(cast), content=b"").pk


def given_to_per(cast: Cast) -> Assignment:
    """Per is asked to be Astrid's company."""
    starts = timezone.now() + timedelta(hours=3)
    found = Assignment.objects.filter(volunteer=cast.per).first()
    return found or Assignment.objects.create(
        volunteer=cast.per, citizen=cast.astrid, kind="company", starts=starts, ends=starts + timedelta(hours=1)
    )


def wanted_instead_of_per(cast: Cast) -> int:
    """Per cannot come to Astrid."""
    given = given_to_per(cast)
    wanted, _new = HelpWanted.objects.get_or_create(
        assignment=given,
        defaults={"citizen": cast.astrid, "kind": given.kind, "because": "declined", "starts": given.starts},
    )
    return wanted.pk


def month_of(cast: Cast) -> MonthPlan:
    """A month planned for Nord."""
    first = today().replace(day=1)
    found = MonthPlan.objects.first() or MonthPlan.objects.create(first=first, last=first, state="ready")
    found.units.set([cast.nord])
    return found


def choice_of(cast: Cast) -> int:
    """Astrid goes to something in it."""
    there = happens(cast)
    wish = say_wish(cast.astrid, "Jeg vil synge", by=cast.kari.user, at=timezone.now())
    known, _made = MonthChoice.objects.get_or_create(
        plan=month_of(cast),
        wish=wish,
        occurrence=there,
        defaults={"citizen": cast.astrid, "leaves_at": there.starts, "home_at": there.ends},
    )
    return known.pk


def hindrance_of(cast: Cast) -> int:
    """Astrid has said that the price stands in the way of singing."""
    found = Hindrance.objects.filter(citizen=cast.astrid).first()
    if found is None:
        found = Hindrance.objects.create(
            citizen=cast.astrid, answers=answers_of(cast), kind="money", interests=["choir"], owner=cast.kari
        )
    return found.pk


def match_of(cast: Cast) -> Match:
    """Arne visits Borghild."""
    return Match.objects.filter(senior=cast.arne).first() or ready(cast)


def service_visit_of(cast: Cast) -> int:
    """Arne's next visit to her."""
    made = match_of(cast)
    found = ServiceVisit.objects.filter(match=made).first()
    if found is None:
        starts = timezone.now() + timedelta(hours=1)
        found = plan_visit(made, starts=starts, minutes=60, area="quality_visit", by=cast.gudrun.user)
    return found.pk


def own_exercise_of(cast: Cast) -> int:
    """Hilde has added one."""
    facts = {"kind": "cognitive", "how": "Si et båtnavn."}
    return OwnExercise.objects.get_or_create(name="Båtnavn", department=cast.seniorene, defaults=facts)[0].pk


def rhythm_of(cast: Cast) -> Rhythm:
    """Arne comes to her every Tuesday."""
    made = match_of(cast)
    found = Rhythm.objects.filter(match=made).first()
    if found is None:
        whom = {"match": made, "citizen_id": made.citizen_id, "department_id": made.department_id}
        found = Rhythm(**whom, weekday=1, at=time(11), area="quality_visit", since=today())
        plan_rhythm(found, by=cast.gudrun.user, on=today())
    return found


HOURS_PAGES = ("run", "book", "begin_again", "look_again", "hours_csv", "notebooks_csv")


def hours_of(cast: Cast) -> int:
    """Hilde has looked at today's hours."""
    period = {"first": today(), "last": today()}
    return HoursRun.objects.create(unit=cast.seniorene, by=cast.hilde.user, state="ready", **period).pk


def team_meeting_of(cast: Cast) -> int:
    """The seniors meet tomorrow."""
    facts = {"theme": "safety", "ends": at("12:00", day(1)), "place": "Kirkestua", "department": cast.seniorene}
    return TeamMeeting.objects.get_or_create(starts=at("11:00", day(1)), defaults=facts)[0].pk


def newsletter_of(cast: Cast) -> int:
    """One of November 2026, published: the month stands in addresses too."""
    facts = {"title": "Seniorposten", "lead": "Hei", "published_at": timezone.now(), "published_by": cast.admin}
    return Newsletter.objects.get_or_create(month=date(2026, 11, 1), defaults=facts)[0].pk


def supporter_of(cast: Cast) -> int:
    facts = {"kind": "ambassador", "kept_by": cast.admin, "next_contact_on": today()}
    return Supporter.objects.get_or_create(name="Solveig Berg", defaults=facts)[0].pk


def year_of_newsletter(cast: Cast) -> int:
    newsletter_of(cast)
    return 2026


EXAMPLES: dict[str, Callable[[Cast], object]] = {
    "citizen_id": lambda cast: cast.astrid.pk,
    "employee_id": lambda cast: cast.kari.pk,
    "user_id": lambda cast: cast.kari.user.pk,
    "decision_id": lambda cast: cast.decision.pk,
    "visit_id": lambda cast: cast.visit.pk,
    "list_id": lambda cast: cast.list1.pk,
    "round_id": lambda cast: cast.round1.pk,
    "recurring_id": lambda cast: cast.recurring.pk,
    "contact_id": lambda cast: cast.contact.pk,
    "absence_id": lambda cast: cast.ola.absences.get_or_create(first_day=day(40))[0].pk,
    "assignment_id": lambda cast: cast.kari.user.role_assignments.get().pk,
    "inquiry_id": lambda cast: (
        Inquiry.objects.create(
            officer=cast.petra, subject=cast.kari.user, words="Datteren spurte.", first_day=day(-30), last_day=today()
        ).pk
    ),
    "emergency_id": emergency_of,
    "grant_id": lambda cast: cast.eva.grants.get().pk,
    **{f"tripletex:{page}/run_id": hours_of for page in HOURS_PAGES},
    "run_id": lambda cast: ImportRun.objects.create(by=cast.admin, language="nb").pk,
    "phone_id": lambda cast: Phone.objects.create(pk=uuid4(), user=cast.kari.user).pk,
    "report_id": phone_report_of,
    "role": lambda cast: "primary",
    "draft_id": draft_of,
    "other_id": draft_of,
    "rule_id": draft_rule_of,
    "change_id": lambda cast: (
        DraftChange.objects.create(draft_id=draft_of(cast), kind=DraftChange.Kind.MOVED, by=cast.liv.user).pk
    ),
    "steer_draft/deed": lambda cast: "put-away",
    "tie_id": lambda cast: cast.astrid.ties.get().pk,
    "notice_id": notice_of,
    "questionnaire_id": lambda cast: questionnaire_of(cast).pk,
    "answers_id": lambda cast: answers_of(cast).pk,
    "everyday:told/notice_id": to_tell,
    "everyday:i_tell/notice_id": to_tell,
    "token": lambda cast: make_feed(cast.kari.user, language="nb", now=timezone.now()),
    "partner_id": lambda cast: partner_of(cast).pk,
    "import_id": calendar_file_of,
    "unit_code": lambda cast: cast.nord.code,
    "activity_id": lambda cast: happens(cast).activity_id,
    "occurrence_id": lambda cast: happens(cast).pk,
    "hamlet_id": lambda cast: Hamlet.objects.get_or_create(name="Leinesfjord")[0].pk,
    "arena_id": lambda cast: Arena.objects.get_or_create(name="Samfunnshuset")[0].pk,
    "organiser_id": lambda cast: Organiser.objects.get_or_create(name="Pensjonistlaget")[0].pk,
    "what_if_id": lambda cast: (
        WhatIf.objects.create(
            unit=cast.nord, kind="away", first=today(), last=today(), employee=cast.kari, asked_by=cast.liv.user
        ).pk
    ),
    "line": lambda cast: 1,
    "deed": lambda cast: "move",
    "on": lambda cast: today(),
    "wish_id": wish_of,
    "interest": lambda cast: "choir",
    "participation_id": participation_of,
    "meeting_id": lambda cast: meeting_item_of(cast).meeting_id,
    "item_id": lambda cast: meeting_item_of(cast).pk,
    "volunteer_id": lambda cast: cast.per.pk,
    "gate": lambda cast: "talked_on",
    "hindrance_id": hindrance_of,
    "given_id": lambda cast: given_to_per(cast).pk,
    "wanted_id": wanted_instead_of_per,
    "plan_id": lambda cast: month_of(cast).pk,
    "choice_id": choice_of,
    "service_visit_id": service_visit_of,
    "own_exercise_id": own_exercise_of,
    "code": lambda cast: "hips1",
    "order_id": lambda cast: rhythm_of(cast).match.order_id,
    "match_id": lambda cast: match_of(cast).pk,
    "rhythm_id": lambda cast: rhythm_of(cast).pk,
    "befriending:change_visit/visit_id": lambda cast: rhythm_of(cast).visits.order_by("-pk").first().pk,
    "senior_id": lambda cast: cast.turid.pk,
    "training": lambda cast: "preparation",
    "chapter": lambda cast: "person",
    "signature_id": lambda cast: cast.arne.declarations.get().pk,
    "team_meeting_id": team_meeting_of,
    "newsletter_id": newsletter_of,
    "year": year_of_newsletter,
    "month": lambda cast: 11,
    "supporter_id": supporter_of,
}
