"""What Tripletex can say instead of yes, each with a name of its own.

Those under `GivenUp` stop the whole booking: the next line would meet the same. The others concern one line.
"""


class TripletexSaysNo(Exception):
    """`words` are Tripletex' own, for whoever wants to know more; they may be empty."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words


class GivenUp(TripletexSaysNo):
    """Nothing more is tried now."""


class NotLetIn(GivenUp):
    """The tokens are wrong, have run out, or may not do this (401, 403)."""


class NoAnswer(GivenUp):
    """Nothing answers, or only errors of its own (5xx), after as many tries as our patience has."""


class TooBusy(GivenUp):
    """Too many requests (429), and it asks for a longer wait than our patience has."""


class NotUnderstood(GivenUp):
    """The answer is not what API v2 says it is: most likely the address is wrong."""


class Uncertain(TripletexSaysNo):
    """The answer was lost on the way: it may be done, or not. Look before you ask again."""


class Refused(TripletexSaysNo):
    """Something in the line is not accepted (422 and the like); `words` say what."""


class NotThere(TripletexSaysNo):
    """What the line is about is not there any more (404)."""


class AlreadyThere(TripletexSaysNo):
    """One entry per employee, date, activity and project; it is there already (409, code 14000 or 7000)."""


class ChangedThere(TripletexSaysNo):
    """Somebody has changed it since we read it (409, code 8000)."""


class MonthLocked(TripletexSaysNo):
    """The month is locked for hours (409, code 10000)."""
