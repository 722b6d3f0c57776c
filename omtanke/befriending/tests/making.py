"""An order as far as a test needs it, by the deeds that people use; and the database as somebody sees it."""

from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from omtanke.access.need_to_know import act_as
from omtanke.befriending import before
from omtanke.befriending.areas import bring_areas
from omtanke.befriending.matching import match
from omtanke.befriending.models import Acquaintance, Criterion, Match, Order, PlanRead
from omtanke.config.tests.cast import Cast, day, make_citizen, today
from omtanke.forms.filling_in import finish
from omtanke.forms.keeping import bring_shipped

ANSWERED = {
    "person": ["Borghild Strand, 88 år, Kaiveien 3"],
    "kin": ["Kristin Strand, 44 10 20 304"],
    "told": ["yes"],
    "prepared_by": ["kin"],
    "call": ["Kristin Strand, 44 10 20 304"],
    "likes": ["Båt og fiske"],
    "avoid": ["Salget av båten"],
    "tired": ["some"],
    "fallen": [False],
    "how_often": ["weekly"],
}


def make_order(cast: Cast, **facts: object) -> Order:
    """Kristin orders visits for Borghild; nobody has taken it on."""
    bring_areas()
    said = {
        "department": cast.seniorene,
        "ordered_by": "Kristin Strand",
        "relation": "datter",
        "phone": "44 10 20 304",
        "first_name": "Borghild",
        "last_name": "Strand",
        "address": "Kaiveien 3",
        "areas": ["quality_visit"],
        **facts,
    }
    return Order.objects.create(**said)


def taken_on(cast: Cast, **facts: object) -> Order:
    """The department has taken it on: Borghild belongs to it, and Gudrun has it."""
    order = make_order(cast, **facts)
    order.citizen = make_citizen(order.first_name, order.last_name, order.department)
    order.taken_on_at, order.taken_on_by = timezone.now(), cast.gudrun.user
    order.person_knows, order.has_it = True, cast.gudrun
    order.save()
    return order


def talked(cast: Cast, order: Order | None = None) -> Order:
    """The talk with next of kin is held."""
    order = order or taken_on(cast)
    before.hold_talk(order, with_whom="Kristin Strand", notes="Enige.", by=cast.gudrun, at=timezone.now())
    return order


def met(cast: Cast, order: Order) -> Acquaintance:
    """The getting-to-know meeting is held, and the form filled in to the end."""
    bring_shipped()
    earlier = timezone.now() - timedelta(hours=2)
    meeting = before.plan_meeting(order, starts=earlier, held_by=cast.gudrun)
    answers = before.begin_form(meeting, by=cast.gudrun.user, at=earlier)
    answers.given = dict(ANSWERED)
    answers.save()
    finish(answers, by=cast.gudrun.user, at=timezone.now())
    before.hold_meeting(meeting, minutes=75, notebook=None, notebook_by=None, by=cast.gudrun, at=timezone.now())
    return meeting


def judged(cast: Cast, order: Order) -> None:
    """All three criteria are met."""
    for kind in Criterion.Kind.values:
        before.judge(order, kind, met=True, words="", by=cast.gudrun.user, at=timezone.now())


def read_plan(made: Match) -> None:
    """The senior has read the person's exercise plan."""
    PlanRead.objects.create(senior=made.senior, citizen=made.citizen, department=made.department)


def ready(cast: Cast) -> Match:
    """Everything that the order needs is there, Arne is chosen and has read the plan; no visit is planned yet."""
    order = talked(cast)
    met(cast, order)
    judged(cast, order)
    cast.arne  # noqa: B018 - made when asked for
    made = match(order, cast.arne, by=cast.gudrun.user, on=today())
    Match.objects.filter(pk=made.pk).update(since=day(-60))
    made.refresh_from_db()
    read_plan(made)
    return made


@contextmanager
def acting(user, role="omtanke_web"):
    """As the web's role (or that of jobs), for a user or for nobody."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        act_as(user.pk if user else None)
        yield cursor
        cursor.execute("RESET ROLE")
