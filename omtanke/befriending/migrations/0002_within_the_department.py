"""Who sees what in the visit service, what must come before a first visit, and how a person is found again.

The rules that the whole service rests on are the database's: whoever asks, by whatever page or script.
"""

from django.db import migrations

from omtanke.befriending.within import LEADERS, Within

# What a senior must have done before they visit anybody: nothing yet. The rules about seniors replace this function;
# what they return (codes, the first thing to do first) stands with the order's own in `befriending_missing`.
OF_SENIOR = """
CREATE FUNCTION befriending_senior_lacks(senior bigint) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT ARRAY[]::text[] $$;
"""

# What an order lacks before its first visit, in the order people do it. Counted past the policies: the answer is the
# same for everybody, and says nothing about what was said or written.
MISSING = """
CREATE FUNCTION befriending_missing(of_order bigint) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT array_remove(ARRAY[
    CASE WHEN NOT EXISTS (SELECT 1 FROM befriending_kintalk t WHERE t.order_id = of_order AND t.held_at IS NOT NULL)
         THEN 'talk' END,
    CASE WHEN NOT EXISTS (
           SELECT 1 FROM befriending_acquaintance m JOIN questionnaires_answers a ON a.id = m.answers_id
            WHERE m.order_id = of_order AND m.held_at IS NOT NULL AND a.finished_at IS NOT NULL AND NOT a.declined)
         THEN 'form' END,
    CASE WHEN (SELECT count(*) FROM befriending_criterion c WHERE c.order_id = of_order AND c.met) < 3
         THEN 'criteria' END
  ], NULL)
$$;
"""
HELD = """
CREATE FUNCTION befriending_match_held() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF 'talk' = ANY (befriending_missing(NEW.order_id)) THEN
    RAISE EXCEPTION 'order % has no talk with next of kin yet', NEW.order_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'talk_comes_first', DETAIL = 'talk';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER befriending_match_held BEFORE INSERT ON befriending_match
FOR EACH ROW EXECUTE FUNCTION befriending_match_held();

CREATE FUNCTION befriending_visit_held() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE lacks text[] := befriending_missing(NEW.order_id) || befriending_senior_lacks(NEW.senior_id);
BEGIN
  IF cardinality(lacks) > 0 THEN
    RAISE EXCEPTION 'order % lacks %', NEW.order_id, lacks
      USING ERRCODE = 'check_violation', CONSTRAINT = 'what_comes_first', DETAIL = array_to_string(lacks, ' ');
  END IF;
  IF NOT EXISTS (SELECT 1 FROM befriending_match m WHERE m.id = NEW.match_id AND m.order_id = NEW.order_id
                    AND m.citizen_id = NEW.citizen_id AND m.senior_id = NEW.senior_id
                    AND m.department_id = NEW.department_id) THEN
    RAISE EXCEPTION 'visit of order % is not of its match', NEW.order_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_is_of_its_match';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER befriending_visit_held BEFORE INSERT OR UPDATE OF order_id, match_id, senior_id, citizen_id, department_id
ON befriending_servicevisit FOR EACH ROW EXECUTE FUNCTION befriending_visit_held();
"""
UNDO_HELD = """
DROP TRIGGER befriending_visit_held ON befriending_servicevisit; DROP FUNCTION befriending_visit_held();
DROP TRIGGER befriending_match_held ON befriending_match; DROP FUNCTION befriending_match_held();
"""

# Those whom an order is perhaps about, who are registered here: same name and birth date, or same name and address.
# Only for whoever leads the order's department, and only what they have been told in the order already.
KNOWN = """
CREATE FUNCTION befriending_known(of_order bigint) RETURNS TABLE (id bigint, born_too boolean, address_too boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id, coalesce(c.born = o.born, false), lower(trim(c.address)) = lower(trim(o.address))
    FROM befriending_order o
    JOIN people_citizen c ON lower(c.first_name || ' ' || c.last_name) = lower(trim(o.first_name || ' ' || o.last_name))
   WHERE o.id = of_order
     AND o.department_id IN (SELECT omtanke_departments('{department_leader,professional_lead}'))
     AND (c.born = o.born OR trim(o.address) <> '' AND lower(trim(c.address)) = lower(trim(o.address))
                             AND (c.born IS NULL OR o.born IS NULL))
   ORDER BY 2 DESC, 1 LIMIT 5
$$;
CREATE FUNCTION befriending_bring_in(of_order bigint, who bigint, from_day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE department bigint := (SELECT department_id FROM befriending_order WHERE id = of_order);
BEGIN
  IF NOT EXISTS (SELECT 1 FROM befriending_known(of_order) k WHERE k.id = who) THEN RETURN false; END IF;
  IF NOT EXISTS (SELECT 1 FROM people_belonging b WHERE b.citizen_id = who AND b.unit_id = department
                    AND (b.until IS NULL OR b.until > from_day)) THEN
    INSERT INTO people_belonging (citizen_id, unit_id, since) VALUES (who, department, from_day);
  END IF;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION befriending_known(bigint), befriending_bring_in(bigint, bigint, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION befriending_known(bigint), befriending_bring_in(bigint, bigint, date) TO omtanke_web;
"""
# How many orders came by the public page since then: nobody behind it may see one.
LATELY = """
CREATE FUNCTION befriending_ordered_since(since timestamptz) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT count(*) FROM befriending_order WHERE ordered_at > since $$;
"""

NOT_TAKEN_ON = (
    "citizen_id IS NULL AND department_id IN (SELECT omtanke_departments('{department_leader,professional_lead}'))"
)
ORDERING = "citizen_id IS NULL AND taken_on_at IS NULL AND closed_at IS NULL AND has_it_id IS NULL"
TABLES = ("acquaintance", "criterion", "match", "rhythm", "servicevisit")


class Migration(migrations.Migration):
    dependencies = [
        ("befriending", "0001_initial"),
        ("people", "0006_visit_service"),
        ("questionnaires", "0004_kept_within_a_department"),
    ]

    operations = [
        migrations.RunSQL(OF_SENIOR, "DROP FUNCTION befriending_senior_lacks(bigint)"),
        migrations.RunSQL(MISSING, "DROP FUNCTION befriending_missing(bigint)"),
        migrations.RunSQL(HELD, UNDO_HELD),
        migrations.RunSQL(
            KNOWN,
            "DROP FUNCTION befriending_bring_in(bigint, bigint, date); DROP FUNCTION befriending_known(bigint);",
        ),
        migrations.RunSQL(LATELY, "DROP FUNCTION befriending_ordered_since(timestamptz)"),
        Within("befriending_order", also=NOT_TAKEN_ON, adding=ORDERING),
        Within("befriending_orderevent", event=True, also=NOT_TAKEN_ON),
        Within("befriending_kintalk", roles=LEADERS),
        Within("befriending_kintalkevent", roles=LEADERS, event=True),
        *(Within(f"befriending_{name}") for name in TABLES),
        *(Within(f"befriending_{name}event", event=True) for name in TABLES),
    ]
