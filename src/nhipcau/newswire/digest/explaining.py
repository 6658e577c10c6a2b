"""How a digest was made, in sentences with the numbers that decided."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from nhipcau.newswire import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.newswire.digest.speech import Speech


def how_it_was_made(say: Speech, data: Mapping[str, Any], *, parts_shown: bool) -> list[str]:
    """One step each, from what is an article to which models took part; ``parts_shown`` where parts and words stand."""
    _ = words.translator(say.lang)
    method = data["method"]
    sentences = [
        _(
            "This digest lists what the outlets read for it published about %(country)s. Headlines and sentences are "
            "the outlets' own, in their languages; nothing here is an opinion of who made it."
        )
        % {"country": say.country(data["focus"])},
        _("A page is an article when its main text has at least %(chars)s characters, dated or not, relevant or not.")
        % {"chars": method["article"]["least_chars"]},
        _("An item is an article whose relevance, between 0 and 1, is at least %(threshold)s.")
        % {"threshold": say.share(method["relevance"]["threshold"])}
        + (" " + _("The words that decided stand with each item.") if parts_shown else ""),
        _(
            "A reprint is a text of which at least %(share)s %% is contained in an earlier one of another outlet, with "
            "neither much longer than the other. Its story counts it."
        )
        % {"share": say.number(math.floor(100 * method["duplicates"]["reprint_containment"]))},
        _("A story is a group of articles that are alike in their telling words, at most %(days)s days apart.")
        % {"days": say.number(method["stories"]["window_days"])},
        _(
            "Stories are ranked by the number of their outlets and countries, the reach of their widest outlet, how "
            "centrally they are about the country, and what is new in them against earlier digests."
        )
        + (" " + _("Each part and its weight stand with the story.") if parts_shown else ""),
        _("What stands under a headline are %(sentences)s sentences of the article itself, unchanged.")
        % {"sentences": method["gist"]["sentences"]},
        _(
            "Times are those of Viet Nam. An outlet's country comes from the operator's list of outlets, else from its "
            "domain name, a list of well-known outlets, what its page declares, or its language."
        ),
    ]
    taken = [
        _("A model took part: %(model)s (%(task)s).") % {"model": model, "task": task}
        for task, model in method["models"].items()
    ]
    return sentences + (taken or [_("No language model took part.")])
