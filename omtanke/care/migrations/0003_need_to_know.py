from django.db import migrations

from omtanke.access.models import Scope
from omtanke.access.need_to_know import Protect


class Migration(migrations.Migration):
    dependencies = [("care", "0002_initial"), ("people", "0002_need_to_know")]

    operations = [
        Protect("care_decision"),
        Protect("care_decisionevent", append_only=True),
        Protect("care_namedcontact", scopes=(Scope.FULL, Scope.ASSIGNMENT, Scope.SHARED)),
        Protect("care_namedcontactevent", append_only=True),
    ]
