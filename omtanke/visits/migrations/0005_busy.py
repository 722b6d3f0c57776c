"""When somebody has a visit, and nothing more of it: for those who arrange activities, who see no visits.

Only of people whom the one who asks may see in some way. Beyond what is laid out, what recurs is reckoned.
"""

from django.conf import settings
from django.db import migrations

BUSY = """
CREATE FUNCTION visits_busy(citizens bigint[], since timestamptz, until timestamptz)
RETURNS TABLE (citizen_id bigint, starts timestamptz, ends timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
WITH open_to_me AS (
  SELECT c AS id FROM unnest(citizens) AS c WHERE c IN (SELECT omtanke_opened('{full,everyday}'))
), laid_out AS (
  SELECT v.citizen_id, v.planned_start AS starts, v.planned_start + v.minutes * interval '1 minute' AS ends
    FROM visits_visit v
   WHERE v.citizen_id IN (SELECT id FROM open_to_me) AND v.not_done = '' AND NOT v.second_carer
     AND v.planned_start >= $2 - interval '1 day' AND v.planned_start < $3
), to_come AS (
  SELECT r.citizen_id, (d.day::date + r.starts) AT TIME ZONE 'THE_ZONE' AS starts, r.minutes
    FROM visits_recurringvisit r
    JOIN care_decision e ON e.id = r.decision_id
    CROSS JOIN generate_series(greatest($2::date - 1, omtanke_today() + 29), $3::date, interval '1 day') AS d(day)
   WHERE r.citizen_id IN (SELECT id FROM open_to_me)
     AND r.since <= d.day::date AND (r.until IS NULL OR r.until > d.day::date)
     AND (e.until IS NULL OR e.until > d.day::date)
     AND (extract(isodow FROM d.day)::int - 1) = ANY (r.weekdays)
     AND ((d.day::date - (r.since - (extract(isodow FROM r.since)::int - 1))) / 7) % r.every_weeks = 0
)
SELECT b.citizen_id, b.starts, b.ends FROM (
  SELECT * FROM laid_out UNION SELECT t.citizen_id, t.starts, t.starts + t.minutes * interval '1 minute' FROM to_come t
) AS b WHERE b.starts < $3 AND b.ends > $2 ORDER BY b.citizen_id, b.starts
$$;
REVOKE ALL ON FUNCTION visits_busy(bigint[], timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION visits_busy(bigint[], timestamptz, timestamptz) TO omtanke_web, omtanke_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("visits", "0004_proposed_for"), ("people", "0005_everyday_scope"), ("care", "0004_open_contacts")]

    operations = [migrations.RunSQL(BUSY.replace("THE_ZONE", settings.TIME_ZONE), "DROP FUNCTION visits_busy(bigint[], timestamptz, timestamptz)")]
