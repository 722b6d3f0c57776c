"""Hindrances by need-to-know, as the talk they were said in; and what was wanted before knows its kind itself."""

from django.db import migrations

from omtanke.access.models import Scope
from omtanke.access.need_to_know import Protect

KNOWN = """
UPDATE everyday_helpwanted w
   SET kind = a.kind, occurrence_id = a.occurrence_id, participation_id = a.participation_id
  FROM everyday_assignment a WHERE a.id = w.assignment_id;
"""


class Migration(migrations.Migration):
    dependencies = [("everyday", "0016_how_they_get_there")]

    operations = [
        Protect("everyday_hindrance", scopes=(Scope.FULL, Scope.EVERYDAY)),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
