"""What a support worker does on either track."""

from tests.journeys.hands import ID


def evaluate(story, key, name, *, final=False, **decided):
    """An evaluation is held with the resident, with scores by both; a colleague reads what was agreed."""
    hands = story.of(key).find(name).follow(f"/evaluation/of/{ID}/")
    hands.follow(f"/hold/{ID}/final/" if final else f"/hold/{ID}/")
    words = f"Afgesproken op dag {story.passed.days}."
    scores = {"resident_money": "2", "worker_money": "3", "resident_health": "4", "worker_health": "3"}
    hands.fill(held_on=story.today, agreed=words, **scores, **decided).press()
    story.of("an").find(name).follow(f"/evaluation/of/{ID}/").reads(words)
