"""How ports of RoI pooling go wrong: each mistake made on random maps and boxes.

`KINDS` has them all by name. A kind makes as many instances as are wanted, and says what explains
them.
"""

from tests.roipool.mistakes.cuts import CUTS
from tests.roipool.mistakes.formats import FORMATS
from tests.roipool.mistakes.kind import Instance, Kind
from tests.roipool.mistakes.misreadings import MISREADINGS, PICTURES
from tests.roipool.mistakes.operations import OPERATIONS

KINDS: dict[str, Kind] = {kind.name: kind for kind in (*CUTS, *MISREADINGS, *FORMATS, *OPERATIONS)}

__all__ = ["KINDS", "PICTURES", "Instance", "Kind"]
