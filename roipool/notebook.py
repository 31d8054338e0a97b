"""The stage in a notebook. What draws it comes from the app, imported once it is asked for."""

import os
from typing import Any

from roipool.conventions import Convention
from roipool.errors import check_choice

LANGUAGES = ("en", "zh")


def show(
    input: Any,
    boxes: Any,
    output_size: int | tuple[int, int],
    spatial_scale: float = 1.0,
    *,
    convention: str | Convention = "article",
    step: str = "output",
    language: str | None = None,
) -> Any:
    """Show how boxes are cut and pooled, as a figure in a notebook that can be edited.

    Drag a box or pull it at its handles, double-click a cell: bins, maxima and output follow. What
    the hand has changed is in the widget's attributes, and what is set there is on the figure.

    Parameters
    ----------
    input : array_like (B, C, H, W), float32 or float64
        Feature maps, as `roipool.roi_pool` takes them: up to 8 images, 64 channels and 64×64 cells,
        all finite. They are copied.
    boxes : array_like (N, 5), or a list of B arrays (L, 4)
        ``[batch_index, x1, y1, x2, y2]``, or ``[x1, y1, x2, y2]`` per image; up to 50.
    output_size : int or (PH, PW)
        Bins along the rows and the columns, up to 14.
    spatial_scale : float
        Cells per unit of the boxes: 1/16 for image pixels and a stride of 16.
    convention : str or Convention
        Which implementation's bins to cut, see `roipool.roi_pool`.
    step : {"output", "input", "proposal", "sections", "scan", "maxima"}
        Where in the story the figure stands at first.
    language : {"en", "zh"}, optional
        Of what it says. If not given, that of the environment (``LANG``) where it is one of them,
        else English.

    Returns
    -------
    anywidget.AnyWidget
        With the attributes

        - ``input``, ``boxes`` (N, 5) in float64, ``output_size`` (PH, PW), ``convention``,
          ``step``: settable, and changed by what is done on the figure;
        - ``output``, ``argmax`` (N, C, PH, PW): what `roipool.roi_pool_with_argmax` makes of those;
        - ``spatial_scale``.

        Arrays are read-only: set them as a whole. All are traits: ``w.observe(f, "output")``.

    Raises
    ------
    RoIPoolError
        What `roipool.roi_pool` cannot take, and what the figure has no room for.
    ImportError
        If what a notebook needs is not installed: ``pip install "roipool[notebook]"``.

    Examples
    --------
    >>> from roipool import article, show
    >>> w = show(article.FEATURE_MAP, article.BOXES, 2)  # doctest: +SKIP
    >>> w.boxes = [[0, 0, 3, 6, 7]]  # doctest: +SKIP
    >>> w.output  # doctest: +SKIP
    array([[[[0.85, 0.84],
             [0.69, 0.88]]]])
    """
    chosen = _of_environment() if language is None else language
    check_choice(chosen, "language", LANGUAGES)
    return _stage()(
        input,
        boxes,
        output_size,
        spatial_scale,
        convention=convention,
        step=step,
        language=chosen,
    )


def _stage() -> Any:
    """The widget's class; the one place where the library looks into the app for it."""
    try:
        from app.notebook.widget import Stage
    except ModuleNotFoundError as error:
        missing = error.name or str(error)
        raise ImportError(
            f"roipool.show needs {missing}, which is not installed: "
            'pip install "roipool[notebook]"',
            name=missing,
        ) from error
    return Stage


def _of_environment() -> str:
    """The language that the environment asks for, as gettext reads it; English for all others.

    Examples
    --------
    >>> _of_environment() in LANGUAGES
    True
    """
    asked = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    code = (next(filter(None, asked), "") or "").replace("-", "_").partition("_")[0].lower()
    return code if code in LANGUAGES else LANGUAGES[0]

