"""The detector's page: pictures of every kind, and those that are none."""

import ast
import json
import re
import subprocess
import sys
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from app.detector.sources import FIRST
from app.text import Text
from tests.files.test_pictures import encoded
from tests.pages.test_pages import ROOT, choice, run, sent

PICTURE, FILE = "detector.picture.switch", "detector.file"
TEXT = Text("en")
TEMPLATES = TEXT.section("problem")


def noise(rows, cols, mode="RGB"):
    """A picture with something in it: a square on another ground."""
    pixels = np.full((rows, cols, 4), 90, np.uint8)
    pixels[rows // 4 : rows // 2, cols // 4 : cols // 2] = 220
    return Image.fromarray(pixels, "RGBA").convert(mode)


def animated():
    stream = BytesIO()
    frames = [noise(40, 60), Image.new("RGB", (60, 40), "white")]
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:])
    return stream.getvalue()


def asking():
    app = run("detector")
    choice(app, PICTURE).set_value("own").run()
    return app


def hand_in(app, content, name="picture.png"):
    app.file_uploader(key=FILE).upload(name, content).run()
    assert not app.exception


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_opens_with_a_generated_picture(language):
    data = sent(run("detector", language))
    assert (data["name"], data["language"]) == (f"made-{FIRST}", language)
    assert (data["rows"], data["cols"], data["channels"]) == (32, 32, 64)


def test_pictures_go_by_number_and_another_one_is_another():
    app = run("detector")
    app.number_input(key="detector.number.input").set_value(7).run()
    assert sent(app)["name"] == "made-7"
    app.button(key="detector.another").click().run()
    assert sent(app)["name"] != "made-7"
    assert sent(app)["name"] == f"made-{app.number_input(key='detector.number.input').value:.0f}"


def test_a_photograph_comes_with_its_licence():
    app = run("detector")
    choice(app, PICTURE).set_value("cat").run()
    assert sent(app)["name"] == "cat"
    assert "CC0" in app.caption[0].value


def test_a_search_is_not_done_again_for_another_language():
    app = run("detector")
    first = sent(app)["seconds"]
    choice(app, "language.switch").set_value("zh").run()
    assert sent(app)["language"] == "zh"
    assert sent(app)["seconds"] == first


@pytest.mark.sampled(6)
@pytest.mark.parametrize(
    ("content", "size"),
    [
        (encoded(noise(40, 60, "L")), [60, 40]),
        (encoded(noise(40, 60, "RGBA")), [60, 40]),
        (animated(), [60, 40]),
        (encoded(noise(300, 600), "JPEG"), [256, 128]),
        (encoded(noise(16, 16)), [16, 16]),
        (encoded(noise(32, 512)), [256, 16]),
    ],
    ids=["grey", "RGBA", "animated", "large", "small", "narrow"],
)
def test_pictures_of_every_kind_are_seen(content, size):
    app = asking()
    hand_in(app, content)
    assert not app.error
    data = sent(app)
    assert data["name"].startswith("own-")
    assert data["size"]["detected"] == size
    assert data["known"] is False


def test_twenty_megapixels_are_scaled_down_and_their_size_is_sent():
    app = asking()
    hand_in(app, encoded(noise(4000, 5000), "JPEG", quality=30))
    assert not app.error
    sizes = sent(app)["size"]
    assert sizes == {"own": [5000, 4000], "searched": [512, 410], "detected": [256, 205]}


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"1,2\n3,4", "file.picture_none"),
        (encoded(noise(1, 1)), "file.picture_narrow"),
        (encoded(noise(15, 20)), "file.picture_narrow"),
        (encoded(noise(31, 512)), "file.picture_narrow"),
        (encoded(noise(60, 60))[:-100], "file.picture_broken"),
        (encoded(noise(4001, 5000), "JPEG", quality=20), "file.picture_large"),
        (b"", "file.empty"),
    ],
    ids=["no picture", "1x1", "small", "narrow", "truncated", "too large", "empty"],
)
def test_what_cannot_be_used_is_explained_and_one_s_own_picture_stays(content, key):
    app = asking()
    hand_in(app, encoded(noise(40, 60)))
    kept = sent(app)["name"]
    hand_in(app, content)
    # The words of the message, whatever the numbers in it.
    said = app.error[0].value.replace("\\", "")
    assert re.fullmatch(re.sub(r"\\{\w+\\}", r"\\d+", re.escape(TEMPLATES[key])) + ".*", said)
    assert app.error[0].value.endswith(TEXT("detector.kept"))
    assert sent(app)["name"] == kept
    hand_in(app, encoded(noise(60, 40)))
    assert not app.error
    assert sent(app)["name"] not in (kept, f"made-{FIRST}")


def test_one_s_own_begins_with_an_invitation_and_comes_back_as_it_was_left():
    app = asking()
    assert not app.get("bidi_component")
    assert any(TEXT("detector.invite") in one.value for one in app.markdown)
    hand_in(app, b"1,2")
    assert app.error[0].value.endswith(TEXT("detector.none_yet"))
    hand_in(app, encoded(noise(40, 60)))
    own = sent(app)["name"]
    choice(app, PICTURE).set_value("cat").run()
    assert sent(app)["name"] == "cat"
    choice(app, PICTURE).set_value("own").run()
    assert sent(app)["name"] == own


def addressed(picture):
    app = run("replay")
    app.switch_page(str(ROOT / "pages" / "detector.py"))
    app.query_params["picture"] = picture
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("cat", "cat"),
        ("made-7", "made-7"),
        ("made-0", f"made-{FIRST}"),
        ("x" * 999, f"made-{FIRST}"),
    ],
)
def test_an_address_opens_with_the_picture_that_it_names(asked, name):
    assert sent(addressed(asked))["name"] == name


def test_an_address_of_one_s_own_picture_opens_with_the_invitation():
    app = addressed("own")
    assert not app.get("bidi_component")
    assert any(TEXT("detector.invite") in one.value for one in app.markdown)


def test_a_visit_to_another_page_keeps_the_picture():
    app = run("detector")
    app.number_input(key="detector.number.input").set_value(3).run()
    app.switch_page(str(ROOT / "pages" / "replay.py")).run()
    app.switch_page(str(ROOT / "pages" / "detector.py")).run()
    assert sent(app)["name"] == "made-3"


def test_what_is_sent_is_plain_json_of_moderate_size():
    app = run("detector")
    raw = app.get("bidi_component")[0].proto.json
    assert len(raw) < 600_000
    assert json.loads(raw)["figure"]["proposals"]["count"] > 50


def test_no_other_page_waits_for_opencv():
    modules = set()
    for path in (ROOT / "pages").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and path.stem != "detector":
                modules |= {f"{node.module}.{alias.name}" for alias in node.names}
    modules = {name for name in modules if (ROOT / f"{name.replace('.', '/')}.py").exists()}
    assert "app.widgets.opening" in modules
    code = f"import sys, {', '.join(modules)}; print('cv2' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.stdout.split() == ["False"], run.stderr


def test_a_page_that_waits_for_one_s_own_picture_says_so_in_its_address():
    app = addressed("cat")
    app.query_params["step"] = "pooling"
    app.query_params["hide"] = "1"
    choice(app, PICTURE).set_value("own").run()
    assert app.query_params == {"picture": "own", "hide": "1"}
    # As it is opened again.
    app.switch_page(str(ROOT / "pages" / "sizes.py")).run()
    app.query_params.clear()
    app.switch_page(str(ROOT / "pages" / "detector.py")).run()
    assert app.query_params == {"picture": "own"}
