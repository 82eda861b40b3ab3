"""What an act may change, told to the database: settings of its transaction, compared by row-level security.

The second line behind each verb's own predicate: a verb that forgets it changes nothing. Where nothing was set, nothing
can be changed.
"""

from collections.abc import Iterable
from uuid import UUID

UNBOUND = "SET LOCAL bayro.everything = 'on'"
IS_UNBOUND = "current_setting('bayro.everything', true) = 'on'"
# A setting that ended with an earlier transaction of the session reads as empty.
REACH = "(SELECT nullif(current_setting('bayro.reach', true), ''))::uuid[]"
ACTOR = "(SELECT nullif(current_setting('bayro.actor', true), '')::uuid)"


class OutOfBounds(Exception):
    """The database refused a change that the verb believed to be within its actor's sight: a mistake of ours."""


def bound_to(actor: UUID, reach: Iterable[UUID]) -> str:
    """The settings of one actor's transaction. Ids need no quoting."""
    roots = ",".join(map(str, reach))
    return f"SET LOCAL bayro.reach = '{{{roots}}}'; SET LOCAL bayro.actor = '{actor}'"
