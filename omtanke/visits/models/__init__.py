"""Work lists, the visits on them, and the shifts of those who do them."""

from omtanke.visits.models.lists import PartOfDay, RecurringVisit, Round, WorkList
from omtanke.visits.models.shifts import Absence, Shift
from omtanke.visits.models.visits import BriefingRead, Note, Visit

__all__ = ["Absence", "BriefingRead", "Note", "PartOfDay", "RecurringVisit", "Round", "Shift", "Visit", "WorkList"]
