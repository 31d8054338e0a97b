"""People's own data, read from files and written to them. Pure functions, nothing on a screen."""

from app.files.aside import read_aside
from app.files.pictures import KERNELS, Scaling, picture_map, picture_pixels
from app.files.problems import ReadError
from app.files.reading import is_picture, read_array, read_boxes, read_maps
from app.files.tables import parse_boxes, parse_cells
from app.files.writing import WRITTEN, write, write_boxes

__all__ = [
    "KERNELS",
    "WRITTEN",
    "ReadError",
    "Scaling",
    "is_picture",
    "parse_boxes",
    "parse_cells",
    "picture_map",
    "picture_pixels",
    "read_array",
    "read_aside",
    "read_boxes",
    "read_maps",
    "write",
    "write_boxes",
]
