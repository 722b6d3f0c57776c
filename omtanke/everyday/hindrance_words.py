"""What to do next about what stands in the way, in plain words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omtanke.everyday.models import Hindrance

_K = Hindrance.Kind

NEXT: Mapping[_K, str | Promise] = {
    _K.HEALTH: _(
        "Ask what it is that is hard: breath, pain, the way to the toilet, being tired. Then bring it up with the "
        "nurse. A smaller version, on a good day, may do."
    ),
    _K.MONEY: _("Ask whether it is the price. What is free stands first below. Somebody may know of a fund that pays."),
    _K.SENSES: _(
        "Ask whether it is hearing or sight, and whether hearing aid and glasses are as they should be. Places with a "
        "hearing loop stand first below; a seat near the front helps too."
    ),
    _K.DID_NOT_KNOW: _("Now there is something to tell. Read out what is coming, and ask."),
    _K.DOES_NOT_DARE: _(
        "Ask what would make it easier. Somebody of us can come along the first time, and to look on is to take part."
    ),
}
ASK: Mapping[_K, str | Promise] = {
    _K.HEALTH: _("What would it take for health not to stand in the way?"),
    _K.MONEY: _("Does it cost too much?"),
    _K.SENSES: _("Can it be heard and seen?"),
    _K.DID_NOT_KNOW: _("Shall we tell what there is?"),
    _K.DOES_NOT_DARE: _("Would it be easier with somebody beside you?"),
}
