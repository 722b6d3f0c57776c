"""Wishes, what is offered, who takes part, and the volunteers who make it possible."""

from omtanke.everyday.models.activities import Activity, Arena, Needs, Occurrence, Organiser
from omtanke.everyday.models.hindrances import Hindrance
from omtanke.everyday.models.meetings import MeetingItem, Presence, ResidentsMeeting
from omtanke.everyday.models.months import MatchingNo, MonthChoice, MonthGain, MonthPlan, MonthUnmet
from omtanke.everyday.models.needs import NeedsNote
from omtanke.everyday.models.notices import Notice
from omtanke.everyday.models.participation import Participation
from omtanke.everyday.models.volunteers import Assignment, Availability, HelpWanted, Volunteer
from omtanke.everyday.models.wishes import Wish, WishStep

__all__ = [
    "Activity",
    "Arena",
    "Assignment",
    "Availability",
    "HelpWanted",
    "Hindrance",
    "MatchingNo",
    "MeetingItem",
    "MonthChoice",
    "MonthGain",
    "MonthPlan",
    "MonthUnmet",
    "Needs",
    "NeedsNote",
    "Notice",
    "Occurrence",
    "Organiser",
    "Participation",
    "Presence",
    "ResidentsMeeting",
    "Volunteer",
    "Wish",
    "WishStep",
]
