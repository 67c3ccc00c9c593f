"""A page in a browser, with all that it says on the console and asks for."""

from __future__ import annotations

from typing import Any


class Watched:
    """One window with one report in it. `page` is playwright's."""

    def __init__(self, context: Any) -> None:
        self.context = context
        self.page = context.new_page()
        self.address = ""
        self.complaints: list[str] = []
        self.foreign_requests: list[str] = []
        self.failures: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)
        self.page.on("requestfailed", lambda request: self.failures.append(f"{request.url} {request.failure}"))
        self.page.add_init_script("window.hits = []; window.fired = (n) => { window.hits.push(n); };")

    def open(self, address: str) -> None:
        self.address = address.partition("#")[0]
        self.page.goto(address)

    def close(self) -> None:
        self.context.close()

    def _request(self, request: Any) -> None:
        if request.url.partition("#")[0] != self.address:
            self.foreign_requests.append(request.url)

    def _dialog(self, dialog: Any) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    # ------------------------------------------------------------ what a reader sees and does

    def shown(self) -> list[str]:
        """The checks whose findings show, in their order."""
        script = "all => all.filter(each => each.offsetParent).map(each => each.dataset.check)"
        found: list[str] = self.page.eval_on_selector_all(".finding", script)
        return found

    def count(self) -> int:
        """How many findings show, as the page says."""
        return int(self.page.inner_text("#status .shown:visible"))

    def press(self, group: str, value: str) -> None:
        """Press a button of the filters."""
        self.page.click(f'[data-filter="{group}"][data-value="{value}"]')

    def unfolded(self) -> list[str]:
        """The checks whose findings are unfolded."""
        found: list[str] = self.page.eval_on_selector_all(
            ".finding details[open]", "all => all.map(each => each.parentElement.dataset.check)"
        )
        return found
