"""What is done with papers and their texts."""

from intrek.ground.documents.actions.logo import drop_logo, set_logo
from intrek.ground.documents.actions.papers import (
    forget_files,
    lay_paper,
    made_from,
    make_paper,
    make_papers,
    notice_untrue,
    prepare_papers,
    set_paper_aside,
    sign_paper,
    sign_papers,
)
from intrek.ground.documents.actions.pressing import press_sheet
from intrek.ground.documents.actions.signing import ask_party, correct_paper, refuse_to_sign, sign_file
from intrek.ground.documents.actions.texts import (
    approve_text,
    example_of,
    move_article_up,
    name_text,
    start_version,
    take_out_article,
    write_article,
)
from intrek.ground.documents.actions.uploads import attach, detach, take_in
from intrek.ground.documents.uploads import Cleaned

__all__ = [
    "Cleaned",
    "approve_text",
    "ask_party",
    "attach",
    "correct_paper",
    "detach",
    "drop_logo",
    "example_of",
    "forget_files",
    "lay_paper",
    "made_from",
    "make_paper",
    "make_papers",
    "move_article_up",
    "name_text",
    "notice_untrue",
    "prepare_papers",
    "press_sheet",
    "refuse_to_sign",
    "set_logo",
    "set_paper_aside",
    "sign_file",
    "sign_paper",
    "sign_papers",
    "start_version",
    "take_in",
    "take_out_article",
    "write_article",
]
