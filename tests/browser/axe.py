"""What axe-core finds wrong with a page: the success criteria of WCAG 2.2, A and AA.

Its script is put into the page by the browser itself: the app's policy lets none in from elsewhere.
Streamlit's own parts are no exception: where they broke a rule, assets/page mends it.
"""

from functools import cache
from importlib.resources import files

from .screen import Screen

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Beyond these: what is no criterion of its own and what axe still tries out.
RULES = ["empty-table-header", "heading-order", "label-content-name-mismatch"]

RUN = """async ({tags, rules}) => {
  const asked = {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]};
  const more = {runOnly: {type: "rule", values: rules}, resultTypes: ["violations"]};
  const found = [...(await axe.run(asked)).violations, ...(await axe.run(more)).violations];
  return found.flatMap(({id, nodes}) => nodes.map(({html, any, all, none}) =>
    [id, html, [...any, ...all, ...none].map(({message}) => message).join(" ")]));
}"""


@cache
def _script() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def violations(screen: Screen, settled: bool = True) -> list[tuple[str, str, str]]:
    """(rule, HTML of the element, what axe says) of everything that breaks a rule.

    A page that goes on by itself is looked at as it happens to be, with ``settled=False``.
    """
    if settled:
        screen.settle()
    screen._page.evaluate(f"() => {{ {_script()} }}")
    found = screen._page.evaluate(RUN, {"tags": TAGS, "rules": RULES})
    return [(rule, html, said) for rule, html, said in found]
