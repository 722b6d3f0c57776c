"""No visit is begun while a criterion is not met any more: the database holds it, as it holds what comes first.

A visit that was carried out before the criterion fell away can still be written up.
"""

from django.db import migrations

ON_HOLD = """
CREATE FUNCTION befriending_on_hold() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM befriending_criterion c
              WHERE c.order_id = NEW.order_id AND NOT c.met AND c.judged_at <= NEW.began_at) THEN
    RAISE EXCEPTION 'visits of order % are on hold', NEW.order_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_is_on_hold';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER befriending_visit_on_hold BEFORE UPDATE OF began_at ON befriending_servicevisit
FOR EACH ROW WHEN (NEW.began_at IS NOT NULL AND OLD.began_at IS NULL) EXECUTE FUNCTION befriending_on_hold();
"""
UNDO = "DROP TRIGGER befriending_visit_on_hold ON befriending_servicevisit; DROP FUNCTION befriending_on_hold();"


class Migration(migrations.Migration):
    dependencies = [("befriending", "0008_what_seniors_have_before")]

    operations = [migrations.RunSQL(ON_HOLD, UNDO)]
