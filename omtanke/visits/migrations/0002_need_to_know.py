from django.db import migrations

from omtanke.access.need_to_know import Protect


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial"), ("people", "0002_need_to_know")]

    operations = [
        Protect("visits_recurringvisit"),
        Protect("visits_recurringvisitevent", append_only=True),
        Protect("visits_visit"),
        Protect("visits_visitevent", append_only=True),
        Protect("visits_note"),
        Protect("visits_noteevent", append_only=True),
        Protect("visits_briefingread"),
    ]
