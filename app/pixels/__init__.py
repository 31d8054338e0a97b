"""Image to cells: a box in pixels, its two roundings, and RoIAlign beside them."""
