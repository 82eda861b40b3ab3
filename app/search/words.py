"""What can be found."""

from app.core.act import Action
from app.core.errors import Refusal
from app.core.text import Text

FOUND_KINDS = {
    "unit": Text("đơn vị", "unit"),
    "person": Text("cán bộ", "person"),
    "document": Text("văn bản", "document"),
    "programme": Text("chương trình", "programme"),
    "indicator": Text("chỉ tiêu", "indicator"),
    "task": Text("nhiệm vụ", "task"),
}
ACTIONS: tuple[Action, ...] = ()
REFUSALS: tuple[Refusal, ...] = ()
