"""What somebody has worked themselves, and nothing else: they see their own hours also after they stopped visiting."""

from django.db import migrations

MINE = """
CREATE FUNCTION tripletex_my_work(since timestamptz, before timestamptz, internal text)
RETURNS TABLE (employee_id bigint, project_number text, starts timestamptz, ends timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH me AS (SELECT e.id FROM people_employee e WHERE e.user_id = omtanke_actor())
  SELECT v.senior_id, trim(o.project_number), v.began_at, v.ended_at
    FROM befriending_servicevisit v JOIN befriending_order o ON o.id = v.order_id
   WHERE v.senior_id IN (SELECT id FROM me) AND v.not_done_because = ''
     AND v.began_at < before AND v.ended_at > since
  UNION ALL
  SELECT me.id, internal, m.starts, m.starts + m.minutes * interval '1 minute'
    FROM befriending_acquaintance m, me
   WHERE (m.held_by_id = me.id OR me.id = ANY (m.also_there)) AND m.held_at IS NOT NULL AND m.minutes > 0
     AND m.starts < before AND m.starts + m.minutes * interval '1 minute' > since
$$;
REVOKE ALL ON FUNCTION tripletex_my_work(timestamptz, timestamptz, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tripletex_my_work(timestamptz, timestamptz, text) TO omtanke_web;
"""


class Migration(migrations.Migration):
    dependencies = [("tripletex", "0001_initial"), ("befriending", "0006_also_there")]

    operations = [migrations.RunSQL(MINE, "DROP FUNCTION tripletex_my_work(timestamptz, timestamptz, text)")]
