from django.db import migrations

from omtanke.access.models import Scope
from omtanke.access.need_to_know import Protect


class Migration(migrations.Migration):
    dependencies = [("care", "0005_reminder")]

    operations = [
        Protect("care_reminder", scopes=(Scope.FULL, Scope.ASSIGNMENT, Scope.SHARED)),
        Protect("care_reminderevent", append_only=True),
    ]
