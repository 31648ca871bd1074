from django.conf import settings
from django.http import Http404
from django.shortcuts import render

from intrek.ground.common.look import PARTS, examples
from intrek.ground.common.pages import public


@public
def look(request, part="small"):
    """Every component with example data, for who builds pages; not there in an installation."""
    if not settings.SHOW_LOOK or part not in PARTS:
        raise Http404
    return render(request, f"common/look/{part}.html", examples(request, part))
