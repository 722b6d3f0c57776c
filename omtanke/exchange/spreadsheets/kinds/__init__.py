"""The kinds of sheets, in the order in which they build on each other. One module each: its columns, how rows are
taken in, and how what is there is given out."""

from omtanke.exchange.spreadsheets.kinds import absences, citizens, decisions, employees, relatives, shifts, units

IN_ORDER = (units, employees, citizens, relatives, decisions, shifts, absences)
KINDS = tuple(kind.KIND for kind in IN_ORDER)

__all__ = ["IN_ORDER", "KINDS"]
