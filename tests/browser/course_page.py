"""A page of a course with a package in it, as a course shows one: in a frame, and written down."""

import io
import json
import zipfile
from typing import Any

from playwright.sync_api import Route

from .part import Finder, Part, expect
from .screen import Screen

_PLACE = "http://course.test/"
_COURSE = """<!doctype html><title>Course</title>
<button onclick="frame.src = 'about:blank'">Leave</button>
<iframe id="frame" width="1240" height="740" src="%s"></iframe>
<script>
const values = {};
const told = [];
const write = (name, answer) => (...given) => (told.push([name, ...given]), answer);
window.told = told;
window.API = {
  LMSInitialize: write("LMSInitialize", "true"),
  LMSGetValue: (name) => values[name] ?? "",
  LMSSetValue: write("LMSSetValue", "true"),
  LMSCommit: write("LMSCommit", "true"),
  LMSFinish: write("LMSFinish", "true"),
};
</script>"""


class Course(Screen):
    """A course of one package, at an address of its own that no request leaves."""

    def __init__(self, *of: Any) -> None:
        super().__init__(*of)
        self._hurried = True
        self.root = self.locator("iframe")
        self._framed = Finder(self, self._page.frame_locator("iframe"))

    def show(self, package: bytes, start: str = "index.html") -> "Course":
        """Open a package at the file that its manifest names."""
        with zipfile.ZipFile(io.BytesIO(package)) as unpacked:
            files = {name: unpacked.read(name).decode() for name in unpacked.namelist()}
        files[""] = _COURSE % start

        def answer(route: Route) -> None:
            name = route.request.url.removeprefix(_PLACE)
            if name in files:
                route.fulfill(body=files[name], content_type="text/html; charset=utf-8")
            else:
                route.abort()

        self._page.route("**/*", answer)
        self.open(_PLACE)
        return self

    def framed(self, name: str) -> Part:
        """A part of what is in the frame."""
        return self._framed.part(name)

    def go_to(self, kind: str) -> None:
        """Go to the first step of a kind, and see it painted."""
        self._framed.locator(f"li[data-kind={kind}] button").first.click()
        expect(self.framed("stage")).to_have_attribute("data-scene", kind)

    def values(self) -> dict[str, str]:
        """What the course has been told, by the name of each value."""
        return dict(values for call, *values in self._told() if call == "LMSSetValue")

    def calls(self) -> list[str]:
        """What the course was called for, one after the other."""
        return [call for call, *_ in self._told()]

    def _told(self) -> list[list[str]]:
        return json.loads(self.read("() => JSON.stringify(window.told)"))

    def close_package(self) -> None:
        """Go on to what is not the package any more."""
        self.get_by_role("button", name="Leave").click()
        expect(self._framed.locator("main")).to_have_count(0)
