"""What pytest leaves alone, and how many threads its tests compute with."""

import os
from importlib.util import find_spec

# Before NumPy is imported. Threads that wait for each other on a core that others use too take
# twenty times as long as one that waits for none.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Its examples run where torch is; where it isn't, the module cannot even be imported.
collect_ignore = [] if find_spec("torch") else ["roipool/torch.py"]
