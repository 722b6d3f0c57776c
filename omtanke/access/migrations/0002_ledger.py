"""The database's own part of need-to-know: roles, and who the current transaction acts for."""

from django.db import migrations

from omtanke.access.database_roles import CREATE_ROLES
from omtanke.access.need_to_know import ACTOR_FUNCTION, TODAY_FUNCTION


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.RunSQL(CREATE_ROLES, migrations.RunSQL.noop),
        migrations.RunSQL(ACTOR_FUNCTION, "DROP FUNCTION omtanke_actor()"),
        migrations.RunSQL(TODAY_FUNCTION, "DROP FUNCTION omtanke_today()"),
    ]
