"""Who sees whom to tell; and how many have a place, also those whom the one who asks may not see."""

from django.db import migrations

from omtanke.access.models import Scope
from omtanke.access.need_to_know import Protect

# A number, never who: seats are counted across the units' borders.
TAKEN = """
CREATE FUNCTION everyday_taken(occurrences bigint[]) RETURNS TABLE (occurrence_id bigint, taken bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT p.occurrence_id, count(*) FROM everyday_participation p
WHERE p.occurrence_id = ANY (occurrences) AND p.state IN ('invited', 'yes', 'there') GROUP BY p.occurrence_id
$$;
REVOKE ALL ON FUNCTION everyday_taken(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION everyday_taken(bigint[]) TO omtanke_web, omtanke_worker;
"""
# Yes or no only: what nobody was ever asked to may be taken away, the rest is cancelled and told.
UNTOUCHED = """
CREATE FUNCTION everyday_untouched(occurrences bigint[]) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT o.id FROM unnest(occurrences) AS o(id)
WHERE NOT EXISTS (SELECT 1 FROM everyday_participation p WHERE p.occurrence_id = o.id)
  AND NOT EXISTS (SELECT 1 FROM everyday_assignment a WHERE a.occurrence_id = o.id)
  AND NOT EXISTS (SELECT 1 FROM everyday_notice n WHERE n.occurrence_id = o.id)
$$;
REVOKE ALL ON FUNCTION everyday_untouched(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION everyday_untouched(bigint[]) TO omtanke_web, omtanke_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("everyday", "0003_activities_and_notices")]

    operations = [
        # A notice to a volunteer names no citizen.
        Protect("everyday_notice", scopes=(Scope.FULL, Scope.EVERYDAY), or_own="everyday_notice.citizen_id IS NULL"),
        migrations.RunSQL(TAKEN, "DROP FUNCTION everyday_taken(bigint[])"),
        migrations.RunSQL(UNTOUCHED, "DROP FUNCTION everyday_untouched(bigint[])"),
    ]
