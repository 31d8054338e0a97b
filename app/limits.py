"""What fits on the stage. Larger arrays are for the library."""

MIN_SIDE, MAX_SIDE = 2, 64
MAX_BINS = 14
MAX_BOXES = 50
MAX_IMAGES = 8
MAX_CHANNELS = 64
# So that no sum of gradients leaves the numbers that can be shown.
MAX_GRADIENT = 1e6

# Of a file that is read. .streamlit/config.toml tells the browser the same.
MAX_MEGABYTES = 5
MAX_MEGAPIXELS = 20

# Of the page that looks at the image's pixels: pixels of a side, and of a cell's side.
MAX_IMAGE = 256
MIN_STRIDE, MAX_STRIDE = 4, 32
