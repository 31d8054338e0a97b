"""A page as the package that a course takes in: SCORM 1.2, which they all read."""

import io
import re
import zipfile
from hashlib import sha256
from xml.etree import ElementTree as ET

_CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
# The earliest that a zip can say: of the same page the same package is made.
_DATE = (1980, 1, 1, 0, 0, 0)
_MOST_TITLE = 200
_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def package(page: str, title: str, mastery: int | None = None) -> bytes:
    """A page as a zip with one thing to be learned.

    Parameters
    ----------
    page : HTML that needs no other file; see `app.takeaway.document`
    title : what the course calls it
    mastery : 0 to 100, the score from which the course says that it was passed; None where the
        page asks nothing

    Examples
    --------
    >>> made = package("<!doctype html>", "RoI pooling")
    >>> zipfile.ZipFile(io.BytesIO(made)).namelist()
    ['imsmanifest.xml', 'index.html']
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        _add(file, "imsmanifest.xml", manifest(page, title, mastery))
        _add(file, "index.html", page.encode())
    return made.getvalue()


def manifest(page: str, title: str, mastery: int | None = None) -> bytes:
    """What is in a page's package, as XML; see `package`."""
    identifier = f"roipool-{sha256(page.encode()).hexdigest()[:16]}"
    named = _UNWRITABLE.sub("\ufffd", title)[:_MOST_TITLE]
    root = ET.Element("manifest", {"xmlns": _CP, "xmlns:adlcp": _ADL, "identifier": identifier})
    root.set("version", "1.0")
    kind = ET.SubElement(root, "metadata")
    ET.SubElement(kind, "schema").text = "ADL SCORM"
    ET.SubElement(kind, "schemaversion").text = "1.2"
    courses = ET.SubElement(root, "organizations", default="course")
    course = ET.SubElement(courses, "organization", identifier="course")
    ET.SubElement(course, "title").text = named
    item = ET.SubElement(course, "item", identifier="item", identifierref="page")
    ET.SubElement(item, "title").text = named
    if mastery is not None:
        ET.SubElement(item, "adlcp:masteryscore").text = str(mastery)
    resources = ET.SubElement(root, "resources")
    told = {"identifier": "page", "type": "webcontent", "adlcp:scormtype": "sco"}
    resource = ET.SubElement(resources, "resource", told, href="index.html")
    ET.SubElement(resource, "file", href="index.html")
    ET.indent(root)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _add(file: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _DATE)
    # Else it would tell on which system it was made.
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    file.writestr(entry, content, zipfile.ZIP_DEFLATED)
