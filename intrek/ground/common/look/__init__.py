"""Example data for the page that shows every component. All invented."""

from intrek.ground.common.look.examples import PARTS, examples

__all__ = ["PARTS", "examples"]
