"""Does somebody still act for anyone at all? Whoever ends one naming may not see the other people it is about."""

from django.db import migrations

# Runs with its owner's rights, past row-level security, and therefore answers yes or no only, to somebody known.
REPRESENTS = """
CREATE FUNCTION represents_somebody(user_id bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM access_grant g WHERE g.holder_id = user_id AND g.reason = 'represents'
                    AND (g.until IS NULL OR g.until > statement_timestamp()))
$$;
REVOKE ALL ON FUNCTION represents_somebody(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION represents_somebody(bigint) TO omtanke_web, omtanke_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0005_user_fingerprint")]

    operations = [migrations.RunSQL(REPRESENTS, "DROP FUNCTION represents_somebody(bigint)")]
