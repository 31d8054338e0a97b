"""``roipool pool``: a map and boxes in, the pooled output out."""

import argparse
from pathlib import Path

from roipool.commands.command import Command, CommandError
from roipool.commands.given import as_maps, check_one_input, put, read_array, read_boxes
from roipool.commands.values import STDIO, output, scale, size
from roipool.files import MAPS, WRITTEN, write
from roipool.pooling import roi_pool, roi_pool_with_argmax


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("map", metavar="MAP", help="feature maps: H×W, C×H×W or B×C×H×W")
    parser.add_argument("boxes", metavar="BOXES", help="rows batch_index, x1, y1, x2, y2")
    parser.add_argument(
        "--output-size", type=size, required=True, metavar="SIZE", help="7, or 7x5 (rows x columns)"
    )
    parser.add_argument(
        "--scale",
        type=scale,
        default=1.0,
        metavar="SCALE",
        help="spatial_scale, cells per unit of the boxes: 1/16 for a stride of 16 (default 1)",
    )
    parser.add_argument(
        "--convention",
        default="article",
        metavar="NAME",
        help="whose bins: article (default), torchvision, onnxruntime, mmcv, caffe...",
    )
    parser.add_argument(
        "--reduce", choices=("max", "mean"), default="max", help="what is kept (default max)"
    )
    parser.add_argument(
        "--argmax",
        type=output,
        metavar="FILE",
        help="write there where each maximum was found: row * columns + column, -1 in empty bins",
    )
    parser.add_argument(
        "-o",
        "--output",
        type=output,
        default=Path(STDIO),
        metavar="FILE",
        help="default the standard output",
    )
    parser.add_argument(
        "--as",
        dest="kind",
        choices=WRITTEN,
        help="how it is written; told by FILE's name, else csv",
    )


def _run(options: argparse.Namespace) -> int:
    check_one_input(options.map, options.boxes)
    kinds = [_kind(path, options.kind) for path in (options.output, options.argmax) if path]
    if options.argmax and options.reduce == "mean":
        raise CommandError("an average is found nowhere: --argmax goes with --reduce max")
    if options.argmax and str(options.argmax) == str(options.output):
        raise CommandError("output and argmax would be written to one place; name a file for one")
    maps = as_maps(read_array(options.map, MAPS))
    boxes = read_boxes(options.boxes, maps, options.scale)
    given = (maps, boxes, options.output_size, options.scale)
    if options.argmax is None:
        pooled = roi_pool(*given, convention=options.convention, reduce=options.reduce)
    else:
        pooled, argmax = roi_pool_with_argmax(*given, convention=options.convention)
        put(write(argmax, kinds[1], "argmax"), options.argmax)
    put(write(pooled, kinds[0], "output"), options.output)
    return 0


def _kind(path: Path, asked: str | None) -> str:
    kind = asked or path.suffix.lower().removeprefix(".")
    if kind in WRITTEN:
        return kind
    if str(path) == STDIO:
        return WRITTEN[0]
    listed = ", ".join(f".{one}" for one in WRITTEN)
    raise CommandError(f"{str(path)!r} ends in none of {listed}; --as says how else to write it")


COMMAND = Command(
    name="pool",
    usage="MAP BOXES --output-size SIZE [options]",
    help="pool boxes of a feature map, from files to a file",
    description="""RoI pooling of boxes of a feature map, each cut in SIZE bins of which the maximum
    is kept.

    Files are NPY and NPZ of any size, and CSV, TSV and JSON; with the app installed also what
    PyTorch prints, and of boxes COCO, Pascal VOC, CVAT, LabelMe and YOLO. "-" is the standard
    input. As text the output has a blank line between channels, two between boxes.""",
    examples=(
        ("map.csv boxes.csv --output-size 2", "the output as CSV"),
        (
            "map.npy rois.npy --output-size 7 --scale 1/16 --convention torchvision -o out.npy",
            "what torchvision.ops.roi_pool computes",
        ),
        ("map.csv - --output-size 7x5 --as json < boxes.json", "boxes from the standard input"),
    ),
    arguments=_arguments,
    run=_run,
)
