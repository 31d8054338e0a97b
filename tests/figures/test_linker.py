"""Modules joined into the one script that Streamlit, or a notebook, can load."""

import re

import pytest

from app.figures.entries import COURSE, ENTRIES, NOTEBOOK, TAKEAWAY
from app.figures.entries import FIGURES as ASSETS
from app.figures.linker import link


def write(folder, **modules):
    """Modules by room and name, ``room_name``; the entry is in the room of its own."""
    for place, source in modules.items():
        path = folder / place.replace("_", "/", 1)
        path.parent.mkdir(exist_ok=True)
        path.with_suffix(".js").write_text(source, encoding="utf-8")
    return folder / "own" / "entry.js"


def test_a_module_comes_once_and_before_whoever_imports_it(tmp_path):
    entry = write(
        tmp_path,
        common_base="export const one = 1;\n",
        own_left='import { one } from "../common/base.js";\n'
        "export function two() { return one + one; }\n",
        own_right='import { one as uno } from "../common/base.js";\n'
        "export const three = uno + 2;\n",
        own_entry='import { two } from "./left.js";\nimport { three } from "./right.js";\n'
        "export default function () { return two() + three; }\n",
    )
    script = link(entry)
    assert script.count("const one = 1;") == 1
    names = ("common_base", "own_left", "own_right")
    order = [script.index(f"module_{name} = ") for name in names]
    assert order == sorted(order)
    assert "const { one: uno } = module_common_base;" in script


def test_modules_of_one_name_in_two_rooms_do_not_meet(tmp_path):
    entry = write(
        tmp_path,
        left_map="export const side = 1;\n",
        right_map="export const side = 2;\n",
        own_entry='import { side as a } from "../left/map.js";\n'
        'import { side as b } from "../right/map.js";\n'
        "export default function () { return [a, b]; }\n",
    )
    script = link(entry)
    assert "const { side: a } = module_left_map;" in script
    assert "const { side: b } = module_right_map;" in script


@pytest.mark.parametrize(
    ("entry", "made"),
    [*((entry, "mounted") for entry in ENTRIES.values()), (NOTEBOOK, "asWidget")],
)
def test_a_linked_entry_imports_nothing_and_exports_itself(entry, made):
    script = link(ASSETS / f"{entry.module}.js")
    assert not re.search(r"^import ", script, re.MULTILINE)
    assert len(re.findall(r"^export ", script, re.MULTILINE)) == 1
    assert re.search(rf"^export default {made}\(create\w+\);$", script, re.MULTILINE)


def test_every_module_is_linked():
    entries = [*ENTRIES.values(), NOTEBOOK, TAKEAWAY, COURSE]
    script = "".join(link(ASSETS / f"{entry.module}.js") for entry in entries)
    # The loader fetches what is linked.
    for path in set(ASSETS.rglob("*.js")) - {ASSETS / "common" / "loader.js"}:
        last = path.read_text("utf-8").rstrip().splitlines()[-2].strip()
        assert last in script, path.name


def test_comments_stay_with_the_files_and_addresses_in_strings_do_not():
    script = link(ASSETS / "stage" / "entry.js")
    assert not re.search(r"^ *//", script, re.MULTILINE)
    assert '"http://www.w3.org/2000/svg"' in script
