"""Months, and who is wanted, by need-to-know; and what the database holds about volunteers.

Nobody is asked before all gates, and nobody is at two things at once. Several people at the same thing are several
assignments with overlapping times, which an exclusion constraint cannot tell apart without an extension (ADR-0006), so
a trigger holds it: one change of a volunteer's assignments at a time, counted past the policies.
"""

from django.db import migrations

from omtanke.access.models import Scope
from omtanke.access.need_to_know import Protect

EVERYDAY = (Scope.FULL, Scope.EVERYDAY)
OF_MY_ASSIGNMENT = (
    "assignment_id IN (SELECT a.id FROM everyday_assignment a JOIN everyday_volunteer v ON v.id = a.volunteer_id"
    " WHERE v.user_id = omtanke_actor())"
)
HELD = """
CREATE FUNCTION everyday_assignment_held() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM everyday_volunteer WHERE id = NEW.volunteer_id FOR NO KEY UPDATE;
  IF TG_OP = 'INSERT' AND NEW.state <> 'done' AND NOT EXISTS (
    SELECT 1 FROM everyday_volunteer v WHERE v.id = NEW.volunteer_id AND v.stopped_on IS NULL
       AND v.talked_on IS NOT NULL AND v.confidentiality_on IS NOT NULL AND v.certificate_seen_on IS NOT NULL
  ) THEN
    RAISE EXCEPTION 'volunteer % has not been through all gates', NEW.volunteer_id USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT 1 FROM everyday_assignment a
     WHERE a.volunteer_id = NEW.volunteer_id AND a.id <> NEW.id AND a.state IN ('asked', 'accepted', 'done')
       AND a.occurrence_id IS DISTINCT FROM NEW.occurrence_id
       AND tstzrange(a.starts, a.ends) && tstzrange(NEW.starts, NEW.ends)
  ) THEN
    RAISE EXCEPTION 'volunteer % is somewhere else then', NEW.volunteer_id USING ERRCODE = 'exclusion_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER everyday_assignment_held BEFORE INSERT OR UPDATE OF starts, ends, state, volunteer_id, occurrence_id
ON everyday_assignment FOR EACH ROW WHEN (NEW.state IN ('asked', 'accepted', 'done'))
EXECUTE FUNCTION everyday_assignment_held();
"""
UNDO = "DROP TRIGGER everyday_assignment_held ON everyday_assignment; DROP FUNCTION everyday_assignment_held();"


class Migration(migrations.Migration):
    dependencies = [("everyday", "0009_volunteers_and_months")]

    operations = [
        Protect("everyday_matchingno", scopes=EVERYDAY),
        Protect("everyday_monthchoice", scopes=EVERYDAY),
        Protect("everyday_monthunmet", scopes=EVERYDAY),
        # A volunteer who declines writes that somebody is wanted.
        Protect("everyday_helpwanted", scopes=EVERYDAY, or_own=OF_MY_ASSIGNMENT),
        migrations.RunSQL(HELD, UNDO),
    ]
