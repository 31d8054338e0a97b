"""A page's package is what SCORM 1.2 prescribes, whatever its page is called."""

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xmlschema

from app.takeaway.scorm import manifest, package

PAGE = "<!doctype html><title>é</title>"
IN = {
    "cp": "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
}


@pytest.fixture(scope="module")
def prescribed():
    return xmlschema.XMLSchema(str(Path(__file__).with_name("scorm_cp.xsd")))


@pytest.mark.parametrize("mastery", [None, 0, 80])
@pytest.mark.parametrize("title", ["RoI pooling", "一步步看懂 RoI 池化", "</title>&<!--]]>\"'"])
def test_a_manifest_is_as_prescribed_and_says_what_it_was_given(prescribed, title, mastery):
    made = manifest(PAGE, title, mastery)
    prescribed.validate(io.BytesIO(made))
    root = ET.fromstring(made)
    assert {node.text for node in root.iterfind(".//cp:title", IN)} == {title}
    score = root.findtext(".//adlcp:masteryscore", None, IN)
    assert score == (None if mastery is None else str(mastery))


def test_a_title_that_xml_cannot_write_or_is_too_long_is_mended(prescribed):
    made = manifest(PAGE, "a\0\ud800\uffffb" + 300 * "c")
    prescribed.validate(io.BytesIO(made))
    title = ET.fromstring(made).findtext(".//cp:title", None, IN)
    assert title == "a\ufffd\ufffd\ufffdb" + 195 * "c"


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ('identifierref="page"', 'identifierref="pages"'),
        ('default="course"', 'default="of course"'),
        ('scormtype="sco"', 'scormtype="SCO"'),
        ("<schemaversion>1.2<", "<schemaversion>2004<"),
        (">80<", ">101<"),
        ('<file href="index.html" />', ""),
    ],
)
def test_what_is_prescribed_is_not_anything(prescribed, said, instead):
    made = manifest(PAGE, "RoI pooling", 80).decode()
    assert said in made
    assert prescribed.is_valid(io.StringIO(made))
    assert not prescribed.is_valid(io.StringIO(made.replace(said, instead)))


def test_a_package_holds_its_page_and_names_every_file_in_it():
    made = package(PAGE, "RoI pooling")
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert file.testzip() is None
        assert file.read("index.html").decode() == PAGE
        root = ET.fromstring(file.read("imsmanifest.xml"))
        names = file.namelist()
    named = [node.get("href") for node in root.iterfind(".//cp:file", IN)]
    (resource,) = root.iterfind(".//cp:resource", IN)
    assert resource.get("href") in named
    assert sorted(["imsmanifest.xml", *named]) == sorted(names)


def test_the_same_page_is_the_same_package_and_another_page_another_one():
    assert package(PAGE, "RoI pooling") == package(PAGE, "RoI pooling")
    one, other = (ET.fromstring(manifest(page, "")).get("identifier") for page in (PAGE, ""))
    assert one != other
