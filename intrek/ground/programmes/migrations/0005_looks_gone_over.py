from django.db import migrations, models

MANY_FILES, MANY_MINUTES, A_WEEK = 12, 5, 10


class Migration(migrations.Migration):
    """What is gone over of who looked is a rule of the programme; what ships holds for those that are there."""

    dependencies = [("programmes", "0004_idle_minutes")]

    operations = [
        migrations.AddField(
            "programmerule",
            "many_files",
            models.PositiveSmallIntegerField(
                "files opened shortly after one another that are gone over", default=MANY_FILES
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "programmerule",
            "many_minutes",
            models.PositiveSmallIntegerField("minutes within which they are counted", default=MANY_MINUTES),
            preserve_default=False,
        ),
        migrations.AddField(
            "programmerule",
            "reviewed_a_week",
            models.PositiveSmallIntegerField("looks gone over in a week, at most", default=A_WEEK),
            preserve_default=False,
        ),
    ]
