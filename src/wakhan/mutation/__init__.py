"""Score the shapes by mutation: damage a dataset in every small way, and count what nothing notices."""

from wakhan.mutation.judge import mutate, places
from wakhan.mutation.score import Score, Tally, Verdict, to_dict, to_text

__all__ = ["Score", "Tally", "Verdict", "mutate", "places", "to_dict", "to_text"]
