"""What the visit service keeps: orders, what comes before the first visit, who visits whom, the visits; and the
seniors' trainings and meetings, the newsletter and those who speak well of it."""

from omtanke.befriending.models.before import Acquaintance, Criterion, KinTalk
from omtanke.befriending.models.corrections import TimesCorrected
from omtanke.befriending.models.exercises import ExerciseChoice, ExerciseDone, ExercisePlan, OwnExercise
from omtanke.befriending.models.newsletters import Newsletter, NewsletterPiece
from omtanke.befriending.models.orders import Order, ServiceArea
from omtanke.befriending.models.readiness import (
    ChapterSeen,
    PlanRead,
    Signature,
    Training,
    TrainingDone,
    TrainingVideo,
)
from omtanke.befriending.models.seniors import SeniorProfile
from omtanke.befriending.models.supporters import Supporter, SupporterContact
from omtanke.befriending.models.team_meetings import MeetingAnswer, TeamMeeting
from omtanke.befriending.models.visits import Match, Rhythm, ServiceVisit

__all__ = [
    "Acquaintance",
    "ChapterSeen",
    "Criterion",
    "ExerciseChoice",
    "ExerciseDone",
    "ExercisePlan",
    "KinTalk",
    "Match",
    "MeetingAnswer",
    "Newsletter",
    "NewsletterPiece",
    "Order",
    "OwnExercise",
    "PlanRead",
    "Rhythm",
    "SeniorProfile",
    "ServiceArea",
    "ServiceVisit",
    "Signature",
    "Supporter",
    "SupporterContact",
    "TeamMeeting",
    "TimesCorrected",
    "Training",
    "TrainingDone",
    "TrainingVideo",
]
