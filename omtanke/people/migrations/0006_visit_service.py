"""The visit service sees who its people are, in a scope of its own, and its roles are held in its departments only.

A department may bring in somebody who is new here. Somebody who is registered already it cannot see, and cannot take by
writing a belonging: that goes by the order, where name and birth date are known (befriending, migration 0002).
"""

from django.db import migrations

from omtanke.access.models import Scope
from omtanke.access.need_to_know import Protect

EVERY_SCOPE = tuple(Scope)
# The departments of a visit service in which the actor holds one of these roles now.
DEPARTMENTS = """
CREATE FUNCTION omtanke_departments(roles text[]) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE ROWS 2 SET search_path = public, pg_temp AS $$
  SELECT r.unit_id FROM access_roleassignment r
   WHERE r.user_id = omtanke_actor() AND r.role = ANY (roles) AND r.unit_id IS NOT NULL
     AND r.since <= omtanke_today() AND (r.until IS NULL OR r.until > omtanke_today())
$$;
REVOKE EXECUTE ON FUNCTION omtanke_departments(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION omtanke_departments(text[]) TO omtanke_web, omtanke_worker;
"""
IS_SOMEBODY = """
CREATE FUNCTION people_is_somebody(who bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT EXISTS (SELECT 1 FROM people_citizen c WHERE c.id = who) $$;
"""
OF_MY_UNIT = (
    "EXISTS (SELECT 1 FROM access_grant g WHERE g.holder_id = omtanke_actor() AND g.unit_id = people_belonging.unit_id"
    " AND (g.scope = 'full' OR g.scope = 'visits' AND NOT people_is_somebody(people_belonging.citizen_id))"
    " AND g.since <= statement_timestamp() AND (g.until IS NULL OR g.until > statement_timestamp()))"
)
# A leader of the municipality's care who was made a leader of a department would see its people as those in care do.
ROLE_FITS_UNIT = """
CREATE FUNCTION people_role_fits_unit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  unit_kind text := (SELECT kind FROM people_unit WHERE id = NEW.unit_id);
  of_visits boolean := NEW.role IN ('department_leader', 'professional_lead', 'visiting_senior');
BEGIN
  IF NEW.until IS NULL AND (of_visits AND unit_kind IS DISTINCT FROM 'visit_service'
     OR NOT of_visits AND unit_kind = 'visit_service') THEN
    RAISE EXCEPTION 'the role % is not held in a unit of kind %', NEW.role, unit_kind
      USING ERRCODE = 'check_violation', CONSTRAINT = 'role_fits_unit';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER people_role_fits_unit BEFORE INSERT OR UPDATE ON access_roleassignment
FOR EACH ROW EXECUTE FUNCTION people_role_fits_unit();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_everyday_scope"), ("access", "0008_visit_service")]

    operations = [
        migrations.RunSQL(DEPARTMENTS, "DROP FUNCTION omtanke_departments(text[])"),
        migrations.RunSQL(IS_SOMEBODY, "DROP FUNCTION people_is_somebody(bigint)"),
        migrations.RunSQL(
            ROLE_FITS_UNIT,
            "DROP TRIGGER people_role_fits_unit ON access_roleassignment; DROP FUNCTION people_role_fits_unit();",
        ),
        Protect("people_citizen", citizen="id", scopes=EVERY_SCOPE),
        Protect("people_belonging", scopes=EVERY_SCOPE, or_own=OF_MY_UNIT),
        Protect("access_grant", scopes=EVERY_SCOPE, or_own="citizen_id IS NULL OR holder_id = omtanke_actor()"),
        Protect("access_look", scopes=EVERY_SCOPE, append_only=True, or_own="actor_id = omtanke_actor()"),
    ]
