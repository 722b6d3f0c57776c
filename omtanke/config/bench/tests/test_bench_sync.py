"""The bench lets real phones come back to a real web process, and counts afterwards what is there."""

import dataclasses

from omtanke.config.bench.sync import measure


def test_every_event_is_there_once_though_answers_are_lost_on_the_way(django_db_setup):
    figures = measure(6, 7, lambda said: None)
    assert figures.holds
    assert figures.counted == {"reports": 42, "notes": 12, "done": 12, "waiting": 0}
    for missing_or_doubled in (41, 43):
        assert not dataclasses.replace(figures, counted=figures.counted | {"reports": missing_or_doubled}).holds
