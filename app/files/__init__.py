"""People's own data, read from files and written to them. Pure functions, nothing on a screen."""

from app.files.boxes import boxes_reading, read_boxes, typed_boxes
from app.files.doubts import Reading, Said
from app.files.pictures import KERNELS, Scaling, picture_map, picture_pixels
from app.files.problems import ReadError
from app.files.reading import (
    array_reading,
    is_picture,
    maps_reading,
    read_array,
    read_maps,
    typed_maps,
)
from app.files.ways import Way, Ways, taking
from app.files.writing import write_boxes
from roipool.files import WRITTEN, write

__all__ = [
    "KERNELS",
    "WRITTEN",
    "ReadError",
    "Reading",
    "Said",
    "Scaling",
    "Way",
    "Ways",
    "array_reading",
    "boxes_reading",
    "is_picture",
    "maps_reading",
    "picture_map",
    "picture_pixels",
    "read_array",
    "read_boxes",
    "read_maps",
    "taking",
    "typed_boxes",
    "typed_maps",
    "write",
    "write_boxes",
]
