"""Names that a module's functions use and nobody defines: what importing does not find."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType


def unresolved(module: ModuleType) -> list[str]:
    """Global names in the module's functions, and relative imports, that lead nowhere."""
    source = Path(module.__file__ or "").read_bytes()
    used = list(_globals(symtable.symtable(source.decode(), module.__name__, "exec")))
    known = vars(module).keys() | vars(builtins).keys()
    known |= {symbol.get_name() for _, symbol in used if symbol.is_assigned()}
    undefined = [
        f"`{symbol.get_name()}` in {place}"
        for place, symbol in used
        if symbol.get_name() not in known
    ]
    return undefined + list(_missing_imports(ast.parse(source), module))


def _globals(table: symtable.SymbolTable) -> Iterator[tuple[str, symtable.Symbol]]:
    """Every global name that is used below the module, and the function or class."""
    for below in table.get_children():
        for symbol in below.get_symbols():
            if symbol.is_global():
                yield below.get_name(), symbol
        yield from _globals(below)


def _missing_imports(tree: ast.AST, module: ModuleType) -> Iterator[str]:
    """What `from .module import name` asks for in vain, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module:
            target = import_module(f".{node.module}", module.__package__)
            for alias in node.names:
                if not hasattr(target, alias.name):
                    yield f"`{alias.name}` of {node.module}.py"
