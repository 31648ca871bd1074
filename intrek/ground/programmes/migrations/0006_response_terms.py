from django.db import migrations, models

NEWS_DAYS, ANSWER_DAYS, SIGNAL_DAYS = 21, 7, 5


class Migration(migrations.Migration):
    """The days within which people are answered are a rule for each step; what ships holds for those that are there."""

    dependencies = [("programmes", "0005_looks_gone_over")]

    operations = [
        migrations.AddField(
            "programmerule",
            "news_days",
            models.PositiveSmallIntegerField(
                "days between two pieces of news to who referred somebody that waits", default=NEWS_DAYS
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "programmerule",
            "answer_days",
            models.PositiveSmallIntegerField(
                "days within which a referrer's question is answered", default=ANSWER_DAYS
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "programmerule",
            "signal_days",
            models.PositiveSmallIntegerField(
                "days within which a landlord's signal is answered", default=SIGNAL_DAYS
            ),
            preserve_default=False,
        ),
    ]
