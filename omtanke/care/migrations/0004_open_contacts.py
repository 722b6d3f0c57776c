"""When an employee gets a login, the people they are contact for open to them.

The administrator who gives the login sees no citizen, so the database does it itself: it opens exactly what the named
contacts say, whoever calls it.
"""

from django.conf import settings
from django.db import migrations

OPEN = """
CREATE FUNCTION open_contacts_of(of_employee bigint, by_user bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO access_grant (holder_id, citizen_id, scope, reason, because, words, since, until, given_by_id)
  SELECT e.user_id, c.citizen_id, 'full', 'contact', 'care.namedcontact:' || c.id, '',
         greatest(statement_timestamp(), c.since::timestamp AT TIME ZONE 'THE_ZONE'),
         c.until::timestamp AT TIME ZONE 'THE_ZONE', by_user
    FROM care_namedcontact c JOIN people_employee e ON e.id = c.employee_id
   WHERE e.id = of_employee AND e.user_id IS NOT NULL AND (c.until IS NULL OR c.until > public.omtanke_today())
  ON CONFLICT (holder_id, because) DO NOTHING
$$;
REVOKE ALL ON FUNCTION open_contacts_of(bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_contacts_of(bigint, bigint) TO omtanke_web, omtanke_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("care", "0003_need_to_know"), ("access", "0003_emergency_and_oversight")]

    operations = [migrations.RunSQL(OPEN.replace("THE_ZONE", settings.TIME_ZONE), "DROP FUNCTION open_contacts_of(bigint, bigint)")]
