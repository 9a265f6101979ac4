"""axe on one page: no violations of WCAG 2.2 AA, no serious doubt, nothing wider than the window."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SERIOUS = {"serious", "critical"}
_axe = Axe()
# What passed is not sent here: it is most of what axe found, and reading it costs more than the checks.
_RUN = """async rules => {
    const answer = await axe.run({runOnly: rules, resultTypes: ["violations", "incomplete"]})
    const short = item => [item.id, item.impact, item.help, item.nodes.slice(0, 3).map(node => String(node.target))]
    return [answer.violations.map(short), answer.incomplete.map(short), document.documentElement.scrollWidth]
}"""


def prepare(page: Any) -> None:
    """Let every page that is opened from now on bring axe along; else it is sent for each check."""
    page.add_init_script(_axe.axe_script)


def faults(page: Any) -> list[str]:
    """One line a violation (or serious unfinished check) of the page as it is shown now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe.axe_script)
    violations, incomplete, wide = page.evaluate(_RUN, RULES)
    found = [_line(*item) for item in violations]
    found += [f"unsure: {_line(*item)}" for item in incomplete if item[1] in SERIOUS]
    window = page.viewport_size["width"]
    if wide > window:
        found.append(f"the page is {wide} px wide in a window of {window} px")
    return found


def _line(rule: str, impact: str, advice: str, where: list[str]) -> str:
    return f"{rule} ({impact}): {advice} at {'; '.join(where)}"
