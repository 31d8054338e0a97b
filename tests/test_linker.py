"""Modules joined into the one script that Streamlit can load."""

import re

import pytest

from app.serving.addresses import ENTRIES
from app.serving.addresses import FIGURES as ASSETS
from app.serving.linker import link


def write(folder, **modules):
    for name, source in modules.items():
        (folder / f"{name}.js").write_text(source, encoding="utf-8")
    return folder / "entry.js"


def test_a_module_comes_once_and_before_whoever_imports_it(tmp_path):
    entry = write(
        tmp_path,
        base="export const one = 1;\n",
        left='import { one } from "./base.js";\nexport function two() { return one + one; }\n',
        right='import { one as uno } from "./base.js";\nexport const three = uno + 2;\n',
        entry='import { two } from "./left.js";\nimport { three } from "./right.js";\n'
        "export default function () { return two() + three; }\n",
    )
    script = link(entry)
    assert script.count("const one = 1;") == 1
    order = [script.index(f"module_{name} = ") for name in ("base", "left", "right")]
    assert order == sorted(order)
    assert "const { one: uno } = module_base;" in script


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_linked_entry_imports_nothing_and_exports_itself(entry):
    script = link(ASSETS / f"{entry}.js")
    assert not re.search(r"^import ", script, re.MULTILINE)
    assert len(re.findall(r"^export ", script, re.MULTILINE)) == 1
    assert re.search(r"^export default mounted\(create\w+\);$", script, re.MULTILINE)


def test_every_module_is_linked():
    script = "".join(link(ASSETS / f"{entry}.js") for entry in ENTRIES)
    # The loader fetches what is linked.
    for path in set(ASSETS.glob("*.js")) - {ASSETS / "loader.js"}:
        last = path.read_text("utf-8").rstrip().splitlines()[-2].strip()
        assert last in script, path.name


def test_comments_stay_with_the_files_and_addresses_in_strings_do_not():
    script = link(ASSETS / "stage.js")
    assert not re.search(r"^ *//", script, re.MULTILINE)
    assert '"http://www.w3.org/2000/svg"' in script
