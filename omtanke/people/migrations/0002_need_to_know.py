"""Who is open to the acting user, and the tables of this room and of the ledger behind it."""

from django.db import migrations

from omtanke.access.models import Scope
from omtanke.access.need_to_know import Protect

# A plain view runs with its owner's rights, so it reads the ledger and the belongings past their own policies.
VIEW = """
CREATE VIEW need_to_know AS
  SELECT g.citizen_id, g.scope, g.id AS grant_id
    FROM access_grant g
   WHERE g.holder_id = omtanke_actor() AND g.citizen_id IS NOT NULL
     AND g.since <= statement_timestamp() AND (g.until IS NULL OR g.until > statement_timestamp())
UNION ALL
  SELECT b.citizen_id, g.scope, g.id
    FROM access_grant g JOIN people_belonging b ON b.unit_id = g.unit_id
   WHERE g.holder_id = omtanke_actor() AND g.unit_id IS NOT NULL
     AND g.since <= statement_timestamp() AND (g.until IS NULL OR g.until > statement_timestamp())
     AND b.since <= public.omtanke_today() AND (b.until IS NULL OR b.until > public.omtanke_today())
UNION ALL
  SELECT c.id, g.scope, g.id
    FROM access_grant g CROSS JOIN people_citizen c
   WHERE g.holder_id = omtanke_actor() AND g.citizen_id IS NULL AND g.unit_id IS NULL
     AND g.since <= statement_timestamp() AND (g.until IS NULL OR g.until > statement_timestamp());
"""

# What policies ask, once for each table of a statement. PL/pgSQL keeps its plans, where a view would be planned anew in
# every statement; it runs with its owner's rights, and names everything in full, so that nobody can slip something in.
# `coalesce` meets the index grant_running: what has ended long ago costs nothing.
OPENED = """
CREATE OR REPLACE FUNCTION omtanke_opened(scopes text[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE ROWS 100 AS $$
DECLARE actor bigint := public.omtanke_actor();
BEGIN
  RETURN QUERY
    SELECT coalesce(g.citizen_id, b.citizen_id)
      FROM public.access_grant g
      LEFT JOIN public.people_belonging b ON b.unit_id = g.unit_id AND b.since <= public.omtanke_today()
            AND (b.until IS NULL OR b.until > public.omtanke_today())
     WHERE g.holder_id = actor AND coalesce(g.until, 'infinity') > statement_timestamp()
       AND g.since <= statement_timestamp() AND g.scope = ANY (scopes)
       AND (g.citizen_id IS NOT NULL OR b.citizen_id IS NOT NULL);
  IF 'oversight' = ANY (scopes) THEN
    RETURN QUERY
      SELECT c.id FROM public.people_citizen c
       WHERE EXISTS (SELECT 1 FROM public.access_grant g
                      WHERE g.holder_id = actor AND coalesce(g.until, 'infinity') > statement_timestamp()
                        AND g.since <= statement_timestamp() AND g.citizen_id IS NULL AND g.unit_id IS NULL);
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION omtanke_opened(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION omtanke_opened(text[]) TO omtanke_web, omtanke_worker;
"""

EVERY_SCOPE = tuple(Scope)
# Somebody who may plan for a unit may bring a person into it: the belonging comes before the citizen can be seen.
OF_MY_UNIT = (
    "EXISTS (SELECT 1 FROM access_grant g WHERE g.holder_id = omtanke_actor() AND g.unit_id = people_belonging.unit_id"
    " AND g.scope = 'full' AND g.since <= statement_timestamp()"
    " AND (g.until IS NULL OR g.until > statement_timestamp()))"
)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("access", "0002_ledger")]

    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW need_to_know"),
        migrations.RunSQL(OPENED, "DROP FUNCTION omtanke_opened(text[])"),
        Protect("people_citizen", citizen="id", scopes=EVERY_SCOPE),
        Protect("people_citizenevent", citizen="id", append_only=True),
        Protect("people_portrait", scopes=(Scope.FULL, Scope.ASSIGNMENT)),
        Protect("people_portraitevent", append_only=True),
        Protect("people_tie"),
        Protect("people_tieevent", append_only=True),
        Protect("people_belonging", scopes=EVERY_SCOPE, or_own=OF_MY_UNIT),
        Protect("people_belongingevent", append_only=True),
        # The ledger and the read log: one's own lines, those of people one may see, and those of whole units.
        Protect("access_grant", scopes=EVERY_SCOPE, or_own="citizen_id IS NULL OR holder_id = omtanke_actor()"),
        Protect("access_look", scopes=EVERY_SCOPE, append_only=True, or_own="actor_id = omtanke_actor()"),
    ]
