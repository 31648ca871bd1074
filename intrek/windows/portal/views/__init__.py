"""The pages of partners: what is their own, what was shared with them, and the team's look with their eyes."""

from intrek.windows.portal.views.outside import outside, outside_file
from intrek.windows.portal.views.own import dwellings, home
from intrek.windows.portal.views.shared import as_seen, shared, shared_file

__all__ = ["as_seen", "dwellings", "home", "outside", "outside_file", "shared", "shared_file"]
