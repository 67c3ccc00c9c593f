"""The modules of the main job in one file, as the wheel has them beside the modules themselves.

`check` imports more than a hundred small modules, and to find, open and check each of them takes longer than to run
most. So the build writes their code once more into one module, of which each is a function; `riskcheck.together` lets
imports take it from there. It is ordinary source, which pip compiles as any other. Left out is what only people and
type checkers read: docstrings, annotations, imports for types. And frozen classes get their `__init__` written out,
which `riskcheck.frozen` else makes when the class is defined.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGE = "riskcheck"
_FIRST = (
    "riskcheck.cli.configfile",
    "riskcheck.cli.judging",
    "riskcheck.cli.plain",
    "riskcheck.facts.durations",
    "riskcheck.facts.filelist",
    "riskcheck.facts.load",
    "riskcheck.facts.workbook",
    "riskcheck.facts.workbookfacts",
    "riskcheck.facts.cellproblems",
    "riskcheck.facts.evidencerows",
    "riskcheck.facts.keycells",
    "riskcheck.facts.numberadvice",
    "riskcheck.packs.load",
    "riskcheck.packs.shipped",
    "riskcheck.packs.compiled",
    "riskcheck.assessment",
    "riskcheck.engines.reference",
    "riskcheck.expr.explain",
    "riskcheck.expr.peaks",
    "riskcheck.grades",
    "riskcheck.waivers.account",
    "riskcheck.waivers.table",
    "riskcheck.reports.json",
    "riskcheck.reports.jsonwaivers",
)
"""What a check of a workbook imports while it runs; what these import is taken, too."""
_HEAD = '''"""Made when the wheel was built, from the modules of riskcheck: see `riskcheck.together`."""

from __future__ import annotations

'''


def one_file(root: Path) -> str:
    """The source of the module that holds the code of all modules of the main job of the checkout in `root`."""
    sources = _sources(root)
    functions = [_function(name, *source) for name, source in sources.items()]
    table = ", ".join(
        f"{name!r}: ({_spelled(name)}, {path.name == '__init__.py'})" for name, (path, _) in sources.items()
    )
    return "\n\n".join((_HEAD, *functions, f"CODE = {{{table}}}\n"))


def _sources(root: Path) -> dict[str, tuple[Path, ast.Module]]:
    """The file and the tree of each module of the main job, by its name."""
    found: dict[str, tuple[Path, ast.Module]] = {}
    left = list(_FIRST)
    while left:
        name = left.pop()
        path = _path(root, name)
        if name in found or path is None or name == PACKAGE:
            continue
        tree = ast.fix_missing_locations(_ForMachines().visit(ast.parse(path.read_text("utf-8"))))
        found[name] = path, tree
        left += [name.rpartition(".")[0], *_imported(tree)]
    return dict(sorted(found.items()))


def _path(root: Path, name: str) -> Path | None:
    """The file of a module; None if it is none of ours, or a name in a module."""
    place = root.joinpath(*name.split("."))
    files = (place / "__init__.py", place.with_suffix(".py"))
    return next((file for file in files if name.startswith(PACKAGE) and file.is_file()), None)


def _imported(tree: ast.Module) -> Iterator[str]:
    """What a module imports whenever it is imported itself."""
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


def _function(name: str, path: Path, tree: ast.Module) -> str:
    """The module as a function that fills the namespace it is run in."""
    body = ast.unparse(tree)
    symbols = symtable.symtable(body, str(path), "exec").get_symbols()
    own = sorted(each.get_name() for each in symbols if each.is_assigned() or each.is_imported())
    lines = (f"global {', '.join(own)}" if own else "", body or "pass")
    indented = "\n".join(f"    {line}" for line in "\n".join(lines).splitlines())
    return f"def {_spelled(name)}():\n{indented}"


def _spelled(name: str) -> str:
    return name.replace(".", "_")


# ------------------------------------------------------------ what is left out, and what is written out


class _ForMachines(ast.NodeTransformer):
    """Leaves out what only people and type checkers read; frozen classes keep the names of their fields."""

    def __init__(self) -> None:
        self.fields: set[ast.AnnAssign] = set()

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt | None:
        return None if node.module == "__future__" else node

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        for_types = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        return node.orelse if for_types else node

    def visit_Expr(self, node: ast.Expr) -> ast.stmt | None:
        return None if isinstance(node.value, ast.Constant) else node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt | None:
        if node in self.fields:
            node.annotation = ast.Constant(None)
            return node
        return None if node.value is None else ast.Assign([node.target], node.value)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        self.generic_visit(node)
        node.returns = None
        node.body = node.body or [ast.Pass()]
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        fields = [each for each in node.body if isinstance(each, ast.AnnAssign)]
        self.fields.update(fields)
        self.generic_visit(node)
        if any(isinstance(each, ast.Name) and each.id == "frozen" for each in node.decorator_list):
            node.body += _init(node, fields)
        node.body = node.body or [ast.Pass()]
        return node


def _init(node: ast.ClassDef, fields: Iterable[ast.AnnAssign]) -> list[ast.stmt]:
    """The `__init__` of a frozen class, as `riskcheck.frozen` makes it; nothing if the class has its own."""
    if any(isinstance(each, ast.FunctionDef) and each.name == "__init__" for each in node.body):
        return []
    values = {ast.unparse(each.target): each.value for each in fields}
    given = [name if value is None else f"{name}={name}" for name, value in values.items()]
    filled = [f"fields_[{name!r}] = {name}" for name in values]
    lines = "\n    ".join(("fields_ = self.__dict__", *filled))
    return ast.parse(f"def __init__({', '.join(('self', *given))}):\n    {lines}").body
