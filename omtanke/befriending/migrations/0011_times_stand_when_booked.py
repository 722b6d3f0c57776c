"""The times of a visit stand for the senior once the hours are booked; the department's leaders may correct them after.

What is booked the room of the accounts knows, which lies above: it replaces `befriending_hours_booked`.
"""

from django.db import migrations

from omtanke.befriending.within import Within

BOOKED = """
CREATE FUNCTION befriending_hours_booked(of_visit bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT false $$;
"""
STAND = """
CREATE FUNCTION befriending_times_stand() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF omtanke_actor() IS NOT NULL
     AND NEW.department_id NOT IN (SELECT omtanke_departments('{department_leader,professional_lead}'))
     AND befriending_hours_booked(OLD.id) THEN
    RAISE EXCEPTION 'the hours of visit % are booked', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'booked_hours_stand';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER befriending_visit_times_stand BEFORE UPDATE OF began_at, ended_at ON befriending_servicevisit
FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL
                   AND (OLD.began_at, OLD.ended_at) IS DISTINCT FROM (NEW.began_at, NEW.ended_at))
EXECUTE FUNCTION befriending_times_stand();
"""
UNDO = "DROP TRIGGER befriending_visit_times_stand ON befriending_servicevisit; DROP FUNCTION befriending_times_stand();"


class Migration(migrations.Migration):
    dependencies = [("befriending", "0010_times_corrected")]

    operations = [
        migrations.RunSQL(BOOKED, "DROP FUNCTION befriending_hours_booked(bigint)"),
        migrations.RunSQL(STAND, UNDO),
        Within("befriending_timescorrected"),
    ]
