"""Emergency access: who sees its lines, and how a person is found whom one cannot see."""

from django.db import migrations

from omtanke.access.models import Scope
from omtanke.access.need_to_know import Protect

# Runs with its owner's rights, past row-level security, and therefore says as little as can be: the id and the name of
# somebody whose national id, or whole name and birth date, the asker already knows. Nothing without an actor.
FIND = """
CREATE FUNCTION find_for_emergency(said_name text, said_born date, said_national_id text)
RETURNS TABLE (id bigint, name text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id, c.first_name || ' ' || c.last_name
    FROM people_citizen c
   WHERE omtanke_actor() IS NOT NULL
     AND CASE WHEN coalesce(said_national_id, '') <> '' THEN c.national_id = said_national_id
              ELSE c.born = said_born AND lower(c.first_name || ' ' || c.last_name) = lower(trim(said_name)) END
   LIMIT 3
$$;
REVOKE ALL ON FUNCTION find_for_emergency(text, date, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_for_emergency(text, date, text) TO omtanke_web;
"""

# The leaders of the units that were told keep seeing the line until it is followed up, also when the person moves.
HOLDER_OR_LEADER = (
    "holder_id = omtanke_actor() OR EXISTS (SELECT 1 FROM access_grant g WHERE g.holder_id = omtanke_actor()"
    " AND g.reason = 'leads_unit' AND g.unit_id = ANY (access_emergencyaccess.unit_ids)"
    " AND g.since <= statement_timestamp() AND (g.until IS NULL OR g.until > statement_timestamp()))"
)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_need_to_know"), ("access", "0003_emergency_and_oversight")]

    operations = [
        migrations.RunSQL(FIND, "DROP FUNCTION find_for_emergency(text, date, text)"),
        migrations.RunSQL(
            "CREATE INDEX citizen_by_birth_and_name ON people_citizen (born, lower(first_name || ' ' || last_name))",
            "DROP INDEX citizen_by_birth_and_name",
        ),
        Protect(
            "access_emergencyaccess", scopes=(Scope.FULL, Scope.SHARED, Scope.OVERSIGHT), or_own=HOLDER_OR_LEADER
        ),
    ]
