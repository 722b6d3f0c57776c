"""Why a recurrence cannot be used, in words for whoever wrote it or uploaded it."""

from django.utils.translation import gettext as _

from omtanke.everyday.schedule import BadRule, NeverHappens, TooLongAgo, TooManyTimes, TooOften


def why_not(refused: BadRule) -> str:
    if isinstance(refused, TooOften):
        return _("It would happen several times a day. Put in one activity for each time of day.")
    if isinstance(refused, TooManyTimes):
        return _("It would happen more than a thousand times. Say a last day instead.")
    if isinstance(refused, NeverHappens):
        return _("No day fits: it would never happen. Look at the weekdays and the last day.")
    if isinstance(refused, TooLongAgo):
        return _("It begins more than twenty years ago. Let it begin later.")
    return _("We do not understand how often it happens (%(rule)s).") % {"rule": refused}
