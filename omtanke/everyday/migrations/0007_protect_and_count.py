"""Who came to a residents' meeting is protected; and what is wished for is counted without telling on anybody.

`everyday_wished` counts, for each unit or hamlet and for all (place NULL), how many wish for an interest: an open wish,
or "wants more" in the last interest talk. A number under 5 leaves the database only for somebody who may see all those
people one by one; `open` says whether the actor may.
"""

from django.db import migrations

from omtanke.access.models import Scope
from omtanke.access.need_to_know import Protect

WISHED = """
CREATE FUNCTION everyday_wished(by_place text)
RETURNS TABLE(place bigint, interest text, people bigint, open boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH talk AS (
    SELECT DISTINCT ON (a.citizen_id) a.citizen_id, a.given
      FROM questionnaires_answers a JOIN questionnaires_questionnaire q ON q.id = a.questionnaire_id
     WHERE q.url = 'urn:omtanke:questionnaire:interest-talk' AND a.finished_at IS NOT NULL
     ORDER BY a.citizen_id, a.finished_at DESC
  ), wishing AS (
    SELECT w.citizen_id, w.interest::text AS interest FROM everyday_wish w
     WHERE w.state IN ('said', 'offered', 'tried', 'again', 'unmet') AND w.interest <> ''
    UNION
    SELECT t.citizen_id, left(said.key, -5) FROM talk t CROSS JOIN LATERAL jsonb_each(t.given) said
     WHERE said.key LIKE '%.more' AND said.value = '[true]'
       AND t.given -> left(said.key, -5) IN ('["strong"]', '["some"]')
  ), place_of AS (
    SELECT b.citizen_id, b.unit_id AS place FROM people_belonging b
     WHERE by_place = 'unit' AND b.since <= public.omtanke_today() AND (b.until IS NULL OR b.until > public.omtanke_today())
    UNION ALL
    SELECT c.id, c.hamlet_id FROM people_citizen c WHERE by_place = 'hamlet' AND c.hamlet_id IS NOT NULL
    UNION ALL
    SELECT DISTINCT w.citizen_id, NULL::bigint FROM wishing w
  ), counted AS (
    SELECT p.place, w.interest, count(DISTINCT w.citizen_id) AS n,
           count(DISTINCT w.citizen_id) FILTER (
             WHERE w.citizen_id IN (SELECT public.omtanke_opened('{full,everyday}'))) AS seen
      FROM wishing w JOIN place_of p USING (citizen_id) GROUP BY p.place, w.interest
  )
  SELECT place, interest, CASE WHEN n >= 5 OR n = seen THEN n END, n = seen FROM counted
$$;
REVOKE ALL ON FUNCTION everyday_wished(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION everyday_wished(text) TO omtanke_web, omtanke_worker;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("everyday", "0006_residents_meetings"),
        ("questionnaires", "0002_need_to_know"),
        ("people", "0005_everyday_scope"),
    ]

    operations = [
        Protect("everyday_presence", scopes=(Scope.FULL, Scope.EVERYDAY)),
        migrations.RunSQL(WISHED, "DROP FUNCTION everyday_wished(text)"),
    ]
