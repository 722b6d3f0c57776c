"""Who has a person's wishes when somebody has them no more: as `everyday_owner_of`, without that one."""

from django.db import migrations

NEXT = """
CREATE FUNCTION everyday_next_owner(of_citizen bigint, not_this bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM (
    SELECT e.id, CASE c.role WHEN 'primary' THEN 0 ELSE 1 END AS nearness
      FROM care_namedcontact c JOIN people_employee e ON e.id = c.employee_id
     WHERE c.citizen_id = of_citizen AND e.active
       AND c.since <= public.omtanke_today() AND (c.until IS NULL OR c.until > public.omtanke_today())
    UNION ALL
    SELECT e.id, CASE r.role WHEN 'leader' THEN 2 WHEN 'coordinator' THEN 3 ELSE 4 END
      FROM people_belonging b
      JOIN access_roleassignment r ON r.unit_id = b.unit_id OR r.unit_id IS NULL
      JOIN people_employee e ON e.user_id = r.user_id
     WHERE b.citizen_id = of_citizen AND e.active AND r.role IN ('coordinator', 'leader', 'activity_coordinator')
       AND b.since <= public.omtanke_today() AND (b.until IS NULL OR b.until > public.omtanke_today())
       AND r.since <= public.omtanke_today() AND (r.until IS NULL OR r.until > public.omtanke_today())
  ) could WHERE id IS DISTINCT FROM not_this ORDER BY nearness, id LIMIT 1
$$;
REVOKE ALL ON FUNCTION everyday_next_owner(bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION everyday_next_owner(bigint, bigint) TO omtanke_web, omtanke_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("everyday", "0013_waiting_and_back")]

    operations = [migrations.RunSQL(NEXT, "DROP FUNCTION everyday_next_owner(bigint, bigint)")]
