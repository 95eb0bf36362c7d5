"""Close a graph under the rules of OWL 2 RL, fast: ``ruleset`` numbers terms and rules, ``fixpoint`` applies them.

``join`` finds the matches of a rule with one new triple.
"""

from wakhan.owl2rl.ruleset import (
    EQUALITY,
    EVERYTHING,
    REFLEXIVE,
    RULE_NAMES,
    TYPING,
    VOCABULARY,
    Ruleset,
    closure,
    growing,
)

__all__ = ["EQUALITY", "EVERYTHING", "REFLEXIVE", "RULE_NAMES", "TYPING", "VOCABULARY", "Ruleset", "closure", "growing"]
