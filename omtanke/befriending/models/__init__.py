"""What the visit service keeps: orders, what comes before the first visit, who visits whom, and the visits."""

from omtanke.befriending.models.before import Acquaintance, Criterion, KinTalk
from omtanke.befriending.models.exercises import ExerciseChoice, ExerciseDone, ExercisePlan, OwnExercise
from omtanke.befriending.models.orders import Order, ServiceArea
from omtanke.befriending.models.seniors import SeniorProfile
from omtanke.befriending.models.visits import Match, Rhythm, ServiceVisit

__all__ = [
    "Acquaintance",
    "Criterion",
    "ExerciseChoice",
    "ExerciseDone",
    "ExercisePlan",
    "KinTalk",
    "Match",
    "Order",
    "OwnExercise",
    "Rhythm",
    "SeniorProfile",
    "ServiceArea",
    "ServiceVisit",
]
