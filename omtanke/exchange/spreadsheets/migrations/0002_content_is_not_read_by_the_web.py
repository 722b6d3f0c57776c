"""The web puts the bytes of files here and can never read them back; the worker can."""

from django.db import migrations

PROTECT = """
ALTER TABLE spreadsheets_importcontent ENABLE ROW LEVEL SECURITY;
CREATE POLICY adding ON spreadsheets_importcontent FOR INSERT TO omtanke_web WITH CHECK (true);
CREATE POLICY jobs ON spreadsheets_importcontent TO omtanke_worker USING (true) WITH CHECK (true);
"""
OPEN = """
DROP POLICY adding ON spreadsheets_importcontent;
DROP POLICY jobs ON spreadsheets_importcontent;
ALTER TABLE spreadsheets_importcontent DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("spreadsheets", "0001_initial"), ("access", "0002_ledger")]

    operations = [migrations.RunSQL(PROTECT, OPEN)]
