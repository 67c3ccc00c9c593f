"""Imports from the one file in which a wheel has the modules of the main job, too (see hatch_modules.py).

A checkout has no such file, and imports each module as it stands. So does an installed package where RISKCHECK_DEBUG is
set, since what the file holds has no lines to show in a traceback.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.machinery import ModuleSpec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FunctionType, ModuleType

FILE = "riskcheck.mainjob"
"""The module that holds the code of the others."""


def use() -> None:
    """Let imports of the modules of the main job take them from the one file, if there is one."""
    if os.environ.get("RISKCHECK_DEBUG"):
        return
    try:
        code = import_module(FILE).CODE
    except ImportError:
        return
    sys.meta_path.insert(0, _Together(code))


class _Together:
    """Finds modules in the one file: for each a function that fills a module, and whether that is a package."""

    def __init__(self, code: Mapping[str, tuple[FunctionType, bool]]) -> None:
        self._code = code
        self._folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """How the module is loaded; None if the file does not hold it."""
        if name not in self._code:
            return None
        is_package = self._code[name][1]
        origin = os.path.join(self._folder, name.replace(".", "/") + ("/__init__.py" if is_package else ".py"))
        spec = ModuleSpec(name, self, origin=origin, is_package=is_package)  # type: ignore[arg-type]  # it is no Loader
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(os.path.dirname(origin))
        return spec

    def create_module(self, spec: ModuleSpec) -> None:
        """A module as any other."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the module's code."""
        assert module.__spec__ is not None
        module.__file__ = module.__spec__.origin
        exec(self._code[module.__name__][0].__code__, module.__dict__)
