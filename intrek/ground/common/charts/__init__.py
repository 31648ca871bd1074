"""Pictures as plain values: days and scores become places on paper. No database, no clock; templates do the drawing."""

from intrek.ground.common.charts.counts import ClockFace, FunnelRow, clock_face, funnel
from intrek.ground.common.charts.scores import Domain, Moment, Multiples, multiples
from intrek.ground.common.charts.times import Span, StripRow, Strips, fraction, strips

__all__ = [
    "ClockFace",
    "Domain",
    "FunnelRow",
    "Moment",
    "Multiples",
    "Span",
    "StripRow",
    "Strips",
    "clock_face",
    "fraction",
    "funnel",
    "multiples",
    "strips",
]
