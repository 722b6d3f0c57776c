"""The people Omtanke is for, those around them, and those who work for them."""

from omtanke.people.models.citizens import Belonging, Citizen, Portrait, Tie
from omtanke.people.models.places import Hamlet, Unit
from omtanke.people.models.staff import Competence, Employee

__all__ = ["Belonging", "Citizen", "Competence", "Employee", "Hamlet", "Portrait", "Tie", "Unit"]
