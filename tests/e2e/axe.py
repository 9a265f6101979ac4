"""axe on one page: no violations of WCAG 2.2 AA, no serious doubt, nothing wider than the window."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SERIOUS = {"serious", "critical"}
_axe = Axe()


def faults(page: Any) -> list[str]:
    """One line a violation (or serious unfinished check) of the page as it is shown now."""
    answer = _axe.run(page, options=RULES).response
    found = [_line(item) for item in answer["violations"]]
    found += [f"unsure: {_line(item)}" for item in answer["incomplete"] if item["impact"] in SERIOUS]
    window = page.viewport_size["width"]
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > window:
        found.append(f"the page is {wide} px wide in a window of {window} px")
    return found


def _line(item: dict[str, Any]) -> str:
    where = "; ".join(str(node["target"]) for node in item["nodes"][:3])
    return f"{item['id']} ({item['impact']}): {item['help']} at {where}"
