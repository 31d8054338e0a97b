"""What pytest leaves alone."""

from importlib.util import find_spec

# Its examples run where torch is; where it isn't, the module cannot even be imported.
collect_ignore = [] if find_spec("torch") else ["roipool/torch.py"]
