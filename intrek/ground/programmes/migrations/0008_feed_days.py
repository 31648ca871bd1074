from django.db import migrations, models

FEED_DAYS = 365


class Migration(migrations.Migration):
    """How long a calendar may read along by its link is a rule; what ships holds for those that are there."""

    dependencies = [("programmes", "0007_meetings")]

    operations = [
        migrations.AddField(
            "programmerule",
            "feed_days",
            models.PositiveSmallIntegerField("days that a link for a calendar works", default=FEED_DAYS),
            preserve_default=False,
        ),
    ]
