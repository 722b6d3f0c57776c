"""No senior visits before both trainings, the declaration, and the plan of the person is read: the database holds it.

The rules about a senior hold for every visit that is planned; the plan is asked for before the first visit to a person
with exercises, so that a visit that recurs is not stopped by a plan that was changed.
"""

from django.db import migrations

from omtanke.befriending.within import Within

OF_SENIOR = """
CREATE OR REPLACE FUNCTION befriending_senior_lacks(senior bigint) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT array_remove(ARRAY[
    CASE WHEN NOT EXISTS (SELECT 1 FROM befriending_trainingdone t
                           WHERE t.senior_id = senior AND t.training = 'preparation') THEN 'preparation' END,
    CASE WHEN NOT EXISTS (SELECT 1 FROM befriending_trainingdone t
                           WHERE t.senior_id = senior AND t.training = 'visit') THEN 'visit' END,
    CASE WHEN NOT EXISTS (SELECT 1 FROM befriending_signature s WHERE s.senior_id = senior) THEN 'declaration' END
  ], NULL)
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION befriending_senior_lacks(senior bigint) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT ARRAY[]::text[] $$;
"""

# Past the policies: whoever plans a visit need not see who has read what.
PLAN = """
CREATE FUNCTION befriending_plan_held() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM befriending_planread p
                  WHERE p.senior_id = NEW.senior_id AND p.citizen_id = NEW.citizen_id)
     AND NOT EXISTS (SELECT 1 FROM befriending_servicevisit v WHERE v.match_id = NEW.match_id AND v.id <> NEW.id) THEN
    RAISE EXCEPTION 'senior % has not read the plan of citizen %', NEW.senior_id, NEW.citizen_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'what_comes_first', DETAIL = 'plan';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER befriending_visit_plan_read BEFORE INSERT ON befriending_servicevisit
FOR EACH ROW WHEN (NEW.area = 'quality_visit') EXECUTE FUNCTION befriending_plan_held();
"""
UNDO_PLAN = """
DROP TRIGGER befriending_visit_plan_read ON befriending_servicevisit; DROP FUNCTION befriending_plan_held();
"""


class Migration(migrations.Migration):
    dependencies = [("befriending", "0007_seniors")]

    operations = [
        migrations.RunSQL(OF_SENIOR, BEFORE),
        migrations.RunSQL(PLAN, UNDO_PLAN),
        Within("befriending_planread"),
    ]
