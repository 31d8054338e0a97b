"""What can be installed beside the library, by the names of the extras of pyproject.toml."""

from importlib.metadata import PackageNotFoundError, version

EXTRAS: dict[str, tuple[str, ...]] = {
    "app": (
        "streamlit",
        "plotly",
        "matplotlib",
        "segno",
        "openpyxl",
        "python-pptx",
        "pillow",
        "opencv-contrib-python-headless",
    ),
    "notebook": ("anywidget",),
    "gpu": ("cupy-cuda13x", "nvidia-cuda-nvrtc", "nvidia-cuda-runtime"),
    "torch": ("torch",),
    "dask": ("dask", "distributed"),
    "completion": ("shtab",),
}
# Others that are as good in their place.
_LIKE = {
    "cupy-cuda13x": ("cupy-cuda12x", "cupy"),
    "nvidia-cuda-nvrtc": ("nvidia-cuda-nvrtc-cu12",),
    "nvidia-cuda-runtime": ("nvidia-cuda-runtime-cu12",),
    "opencv-contrib-python-headless": ("opencv-contrib-python",),
}


def installed(name: str) -> str | None:
    """The version of a distribution, or of one that is as good; None where there is none.

    Examples
    --------
    >>> installed("numpy") is None, installed("no-such-distribution")
    (False, None)
    """
    for one in (name, *_LIKE.get(name, ())):
        try:
            return version(one)
        except PackageNotFoundError:
            continue
    return None
