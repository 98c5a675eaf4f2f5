"""The lines that modules give about what is wrong, read from their source: a mark stands for what only a run knows."""

import ast
import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from publisher.errors import PublisherError

MARK = "\N{PILCROW SIGN}"
ARGUMENTS = {
    "found": (2, "message"),
    "_found": (2, "message"),
    "Problem": (None, "message"),
    "Omission": (None, "because"),
    "_leave_out": (2, "because"),
    "_omission": (2, "because"),
    "_leave_out_story": (2, "because"),
    "stale": (1, "why"),
    "_stale": (0, "what"),
    "cut": (0, "message"),
    "dropped": (0, "message"),
    "record": (0, "what"),
    "replaced": (0, "message"),
    "warn": (0, "message"),
}
"""Who is told a line, besides errors: at which place, and by which name."""

ANSWERS = {"_edge_over", "_end", "_ending", "_explain", "_refusal", "published_already", "reason_of", "too_few"}
"""The functions that give part of such a line."""

MANY = 64
"""So many forms of one line are more than anybody wrote."""


def spoken(paths: Sequence[Path]) -> set[str]:
    """The lines that the modules give; those without a word of their own are not among them."""
    errors = {error.__name__ for error in all_errors(PublisherError)} - {"ConflictError"}
    telling = re.compile(rf"\b(?:{'|'.join([*errors, *ARGUMENTS, *ANSWERS])})\(")
    said = set()
    for path in paths:
        text = path.read_text(encoding="utf-8")
        if not telling.search(text):
            continue
        lines = text.split("\n")
        for function in _functions(ast.parse(text).body):
            if telling.search("\n".join(lines[function.lineno - 1 : function.end_lineno])):
                bound = _bound(function)
                said |= {form for node in _told(function, errors) for form in _forms(node, bound)}
    return {line for line in said if sum(map(str.isalpha, line.replace(MARK, ""))) > len("are not")}


def _told(function: ast.FunctionDef, errors: Collection[str]) -> Iterator[ast.expr]:
    """The lines that a function gives, as they are written."""
    for call in ast.walk(function):
        if isinstance(call, ast.Return) and call.value and function.name in ANSWERS:
            yield call.value
        elif isinstance(call, ast.Call):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            at, keyword = (0, "message") if name in errors else ARGUMENTS.get(name, (None, ""))
            named = [each.value for each in call.keywords if each.arg == keyword]
            yield from named or (call.args[at : at + 1] if at is not None else ())


def _functions(body: Sequence[ast.stmt]) -> Iterator[ast.FunctionDef]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _functions(node.body)
        elif isinstance(node, ast.FunctionDef):
            yield node


def all_errors(kind: type) -> Iterator[type]:
    yield kind
    for each in kind.__subclasses__():
        yield from all_errors(each)


def _bound(function: ast.FunctionDef) -> Mapping[str, list[ast.expr]]:
    """What names of a function may stand for."""
    bound = defaultdict(list)
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.NamedExpr):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name):
                bound[target.id].append(node.value)
            elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                for each, value in zip(target.elts, node.value.elts, strict=False):
                    bound[ast.unparse(each)].append(value)
    return bound


def _forms(node: ast.expr, bound: Mapping[str, list[ast.expr]]) -> list[str]:
    """What a value may be, as far as its source tells."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=values):
            return _joined([_forms(value, bound) for value in values])
        case ast.FormattedValue(value=value, conversion=-1, format_spec=None):
            return _forms(value, bound)
        case ast.IfExp(body=body, orelse=orelse):
            return [*_forms(body, bound), *_forms(orelse, bound)]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _joined([_forms(left, bound), _forms(right, bound)])
        case ast.Subscript(value=ast.Dict(values=values)):
            return [form for value in values for form in _forms(value, bound)]
        case ast.Name(id=name) if name in bound:
            others = {each: values for each, values in bound.items() if each != name}
            return [form for value in bound[name] for form in _forms(value, others)]
    return [MARK]


def _joined(parts: list[list[str]]) -> list[str]:
    return list(dict.fromkeys("".join(form) for form in itertools.islice(itertools.product(*parts), MANY)))
