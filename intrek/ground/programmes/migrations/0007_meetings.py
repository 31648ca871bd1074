from django.db import migrations, models

MEETINGS_A_YEAR, AGENDA_DAYS = 5, 7


class Migration(migrations.Migration):
    """How often the partners meet and when an agenda closes are rules; what ships holds for those that are there (P17)."""

    dependencies = [("programmes", "0006_response_terms")]

    operations = [
        migrations.AddField(
            "programmerule",
            "meetings_a_year",
            models.PositiveSmallIntegerField("meetings a year", default=MEETINGS_A_YEAR),
            preserve_default=False,
        ),
        migrations.AddField(
            "programmerule",
            "agenda_days",
            models.PositiveSmallIntegerField("days before a meeting on which its agenda closes", default=AGENDA_DAYS),
            preserve_default=False,
        ),
    ]
