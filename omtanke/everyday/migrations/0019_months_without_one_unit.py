from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('everyday', '0018_months_of_several_units'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='monthplan',
            name='unit',
        ),
    ]
