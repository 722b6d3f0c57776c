"""Who sees wishes, who takes part and who helps: those in care, those who arrange, and a volunteer their own."""

from django.db import migrations

from omtanke.access.models import Scope
from omtanke.access.need_to_know import Protect

EVERYDAY = (Scope.FULL, Scope.EVERYDAY)
OWN_ASSIGNMENT = (
    "volunteer_id IN (SELECT v.id FROM everyday_volunteer v WHERE v.user_id = omtanke_actor())"
)


class Migration(migrations.Migration):
    dependencies = [("everyday", "0001_initial"), ("people", "0005_everyday_scope")]

    operations = [
        Protect("everyday_wish", scopes=EVERYDAY),
        Protect("everyday_wishevent", append_only=True),
        Protect("everyday_wishstep", scopes=EVERYDAY),
        Protect("everyday_participation", scopes=EVERYDAY),
        Protect("everyday_participationevent", append_only=True),
        Protect("everyday_assignment", scopes=EVERYDAY, or_own=OWN_ASSIGNMENT),
        Protect("everyday_assignmentevent", append_only=True),
    ]
