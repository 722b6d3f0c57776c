"""Who has a wish: each step can say to whom it was handed, and the database knows who has a person's wishes.

Somebody who arranges activities may catch a wish, but sees no named contacts; so the database itself says whose it is:
the primary contact now, the secondary, then the leader, coordinator or activity coordinator of the person's unit.
"""

import django.db.models.deletion
from django.db import migrations, models

OWNER = """
CREATE FUNCTION everyday_owner_of(of_citizen bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM (
    SELECT e.id, CASE c.role WHEN 'primary' THEN 0 ELSE 1 END AS nearness
      FROM care_namedcontact c JOIN people_employee e ON e.id = c.employee_id
     WHERE c.citizen_id = of_citizen AND e.active
       AND c.since <= public.omtanke_today() AND (c.until IS NULL OR c.until > public.omtanke_today())
    UNION ALL
    SELECT e.id, CASE r.role WHEN 'coordinator' THEN 2 WHEN 'leader' THEN 3 ELSE 4 END
      FROM people_belonging b
      JOIN access_roleassignment r ON r.unit_id = b.unit_id OR r.unit_id IS NULL
      JOIN people_employee e ON e.user_id = r.user_id
     WHERE b.citizen_id = of_citizen AND e.active AND r.role IN ('coordinator', 'leader', 'activity_coordinator')
       AND b.since <= public.omtanke_today() AND (b.until IS NULL OR b.until > public.omtanke_today())
       AND r.since <= public.omtanke_today() AND (r.until IS NULL OR r.until > public.omtanke_today())
  ) could ORDER BY nearness, id LIMIT 1
$$;
REVOKE ALL ON FUNCTION everyday_owner_of(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION everyday_owner_of(bigint) TO omtanke_web, omtanke_worker;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("everyday", "0004_notices_and_seats"),
        ("care", "0006_protect_reminder"),
        ("people", "0005_everyday_scope"),
    ]

    operations = [
        migrations.AddField(
            model_name="wishstep",
            name="owner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
                verbose_name="who has it from then",
            ),
        ),
        migrations.RunSQL(OWNER, "DROP FUNCTION everyday_owner_of(bigint)"),
    ]
