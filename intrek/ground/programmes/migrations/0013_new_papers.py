"""Programmes that were made before get the rules of the papers that came since, from the day on which their first ones held."""

from django.db import migrations
from django.db.models import Max, Min

BOTH, TRIAL = ("trial", "sitting"), ("trial",)
PAPERS = (
    ("leaving_report", "leaving", TRIAL, "Plaatsbeschrijving bij vertrek", "État des lieux de sortie", "Condition report at leaving"),
    ("decision_letter", "along", BOTH, "Beslissingsbrief aan de aanmelder", "Lettre de décision au service qui a orienté", "Decision letter to the referrer"),
    ("decision_to_resident", "along", BOTH, "Beslissingsbrief aan de bewoner", "Lettre de décision à l'habitant", "Decision letter to the resident"),
    ("evaluation_report", "along", BOTH, "Evaluatieverslag", "Rapport d'évaluation", "Evaluation report"),
    ("final_evaluation", "along", BOTH, "Eindevaluatie", "Évaluation finale", "Final evaluation"),
    ("reference_note", "along", TRIAL, "Nota referentieadres", "Note sur l'adresse de référence", "Reference-address note"),
    ("handover_note", "along", BOTH, "Overdrachtsnota aan de verhuurder", "Note de transmission au bailleur", "Hand-over note to the landlord"),
    ("anchor_card", "along", BOTH, "Kaart van de ankerpersoon", "Carte de la personne de référence", "Anchor-person card"),
)  # fmt: skip


def add_papers(apps, _editor):
    """Every track that asks for papers asks for these too."""
    rule = apps.get_model("programmes", "PaperRule")
    for track in apps.get_model("programmes", "Track").objects.order_by("pk"):
        known = rule.objects.filter(track=track)
        told = known.aggregate(first=Min("from_on"), last=Max("position"))
        if told["first"] is None:
            continue
        held = set(known.order_by().values_list("code", flat=True))
        wanted = [each for each in PAPERS if track.kind in each[2] and each[0] not in held]
        rule.objects.bulk_create(
            rule(
                programme_id=track.programme_id,
                track=track,
                code=code,
                group=group,
                position=told["last"] + at,
                labels={"nl": dutch, "fr": french, "en": english},
                from_on=told["first"],
            )
            for at, (code, group, _tracks, dutch, french, english) in enumerate(wanted, start=1)
        )


class Migration(migrations.Migration):
    dependencies = [("programmes", "0012_conditions")]

    operations = [migrations.RunPython(add_papers, migrations.RunPython.noop)]
