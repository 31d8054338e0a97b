"""What fits on the stage. Larger arrays are for the library."""

MIN_SIDE, MAX_SIDE = 2, 64
MAX_BINS = 14
MAX_BOXES = 50
MAX_IMAGES = 8
MAX_CHANNELS = 64
# So that no sum of gradients leaves the numbers that can be shown.
MAX_GRADIENT = 1e6

# Of a file that is read. app/.streamlit/config.toml tells the browser the same.
MAX_MEGABYTES = 5
MAX_MEGAPIXELS = 20
# Of all files that a session holds.
MAX_HELD_MEGABYTES = 30

# Of the page that looks at the image's pixels: pixels of a side, and of a cell's side.
MAX_IMAGE = 256
MIN_STRIDE, MAX_STRIDE = 4, 32

# Of the page that detects, pixels of a side: what selective search sees, what the network sees (a
# cell of its map is four pixels wide), and the least of the shorter side.
MAX_SEARCHED, MAX_DETECTED = 512, 256
MIN_DETECTED = 16
