from django.db import migrations, models

COPY = """
INSERT INTO everyday_monthplan_units (monthplan_id, unit_id) SELECT id, unit_id FROM everyday_monthplan;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('everyday', '0017_protect_hindrances'),
        ('people', '0006_visit_service'),
    ]

    operations = [
        migrations.AddField(
            model_name='monthplan',
            name='units',
            field=models.ManyToManyField(related_name='+', to='people.unit'),
        ),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
    ]
