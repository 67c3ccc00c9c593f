"""What the build of a wheel adds to its files: the shipped packs in compiled form, and the main job in one file."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledPacks(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles the packs with the code that the wheel is built from. An editable install has none: its packs change."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the compiled packs to a folder of their own, and name them as files of the wheel."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from hatch_modules import one_file
        from riskcheck.packs.shipped import FOLDER, compile_all

        self.folder = tempfile.TemporaryDirectory()
        for name, content in compile_all().items():
            path = Path(self.folder.name, name)
            path.write_bytes(content)
            build_data["force_include"][str(path)] = f"riskcheck/{FOLDER}/{name}"
        together = Path(self.folder.name, "mainjob.py")
        together.write_text(one_file(Path(self.root)), "utf-8")
        build_data["force_include"][str(together)] = "riskcheck/mainjob.py"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Clean up."""
        if version != "editable":
            self.folder.cleanup()
