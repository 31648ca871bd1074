"""How long a screen may be left alone becomes a setting of each role; what a programme had set holds for all of them."""

from django.db import migrations, models

ROLES = {
    "coordinator": "coordinator",
    "support_worker": "support worker",
    "referrer": "referrer",
    "housing_officer": "housing officer",
    "steering_member": "steering member",
    "protection_officer": "data protection officer",
    "administrator": "administrator",
}
COLUMNS = ", ".join(f"idle_{role} = idle_minutes" for role in ROLES)


class Migration(migrations.Migration):
    dependencies = [("programmes", "0010_fees")]

    operations = [
        *(
            migrations.AddField(
                model_name="programmerule",
                name=f"idle_{role}",
                field=models.PositiveSmallIntegerField(
                    default=30, verbose_name=f"minutes until an untouched screen locks: {words}"
                ),
                preserve_default=False,
            )
            for role, words in ROLES.items()
        ),
        migrations.RunSQL(f"UPDATE programmes_programmerule SET {COLUMNS}"),  # noqa: S608  names of our own
        migrations.RemoveField(model_name="programmerule", name="idle_minutes"),
    ]
