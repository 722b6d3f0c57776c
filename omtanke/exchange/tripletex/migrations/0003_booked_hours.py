"""Whether the hours of a visit were sent to the accounts, for the rule that its times stand then (befriending 0011)."""

from django.conf import settings
from django.db import migrations

# What was sent counts as booked also while nobody knows whether it arrived.
BOOKED = f"""
CREATE OR REPLACE FUNCTION befriending_hours_booked(of_visit bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM befriending_servicevisit v JOIN befriending_order o ON o.id = v.order_id
      JOIN tripletex_booking b ON b.employee_id = v.senior_id AND b.project_number = trim(o.project_number)
       AND b.sent IS NOT NULL
       AND b."on" BETWEEN (v.began_at AT TIME ZONE '{settings.TIME_ZONE}')::date
                      AND (v.ended_at AT TIME ZONE '{settings.TIME_ZONE}')::date
     WHERE v.id = of_visit)
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION befriending_hours_booked(of_visit bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT false $$;
"""


class Migration(migrations.Migration):
    dependencies = [("tripletex", "0002_my_work"), ("befriending", "0011_times_stand_when_booked")]

    operations = [migrations.RunSQL(BOOKED, BEFORE)]
