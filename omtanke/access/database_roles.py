"""The two roles that serve people, and what they may do with tables.

`omtanke_web` answers requests and is held by row-level security; `omtanke_worker` runs jobs (imports, schedules) and
sees all rows. Neither owns a table, neither can take one away, and neither can rewrite what must not be rewritten.
"""

from django.db import connections

WEB, WORKER = "omtanke_web", "omtanke_worker"

# What may be added to and read, never changed: the read log, the history of changes (whatever ends in "event"), the
# exercise plans as they were, what a senior has signed, and what times were corrected.
APPEND_ONLY = (
    "access_look",
    "access_emergencysearch",
    "access_inquiry",
    "befriending_exerciseplan",
    "befriending_exercisechoice",
    "befriending_signature",
    "befriending_timescorrected",
)
# What may be ended, never deleted: the need-to-know ledger and the roles.
NEVER_DELETED = ("access_grant", "access_roleassignment", "access_emergencyaccess")

CREATE_ROLES = """
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['omtanke_web', 'omtanke_worker'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- roles belong to the server, not the database
    END;
    EXECUTE format('GRANT %I TO CURRENT_USER', name);
  END LOOP;
EXCEPTION WHEN OTHERS THEN
  IF SQLERRM NOT LIKE '%tuple concurrently updated%' THEN RAISE; END IF;  -- parallel test databases
END $$;
"""

GIVE_RIGHTS = f"""
GRANT USAGE ON SCHEMA public TO {WEB}, {WORKER};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {WEB}, {WORKER};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {WEB}, {WORKER};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {WEB}, {WORKER};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {WEB}, {WORKER};
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {WEB}, {WORKER};
"""


def give_rights(using: str = "default", **_kwargs: object) -> None:
    """Give both roles what they need on every table there is; runs after each migration."""
    with connections[using].cursor() as cursor:
        tables = set(connections[using].introspection.table_names(cursor))
        if "access_look" not in tables:
            return  # migrating back to before there was anything to protect
        cursor.execute(GIVE_RIGHTS)
        append_only = {*APPEND_ONLY, *(table for table in tables if table.endswith("event"))}
        for table in sorted(append_only & tables):
            cursor.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {WEB}, {WORKER}")
        for table in sorted(tables.intersection(NEVER_DELETED)):
            cursor.execute(f"REVOKE DELETE ON {table} FROM {WEB}, {WORKER}")
