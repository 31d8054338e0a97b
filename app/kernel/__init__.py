"""Which thread of the kernel computes a cell, beside the kernel itself."""
