"""The sandbox that templates run in: nothing is reached from it, and nothing in it goes on without end.

What a template may cost is counted and not only timed, so that one that is too dear is so on every machine. A turn of a
loop, a call, a filter and an operation are a step; what is made, text or list, costs its size, and costs it *before* it
is made where one expression could make something enormous. Between two steps no more is done than is linear in what was
made before: the clock, which is looked at with each, has little left to catch.
"""

import functools
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

import msgspec
from jinja2 import Template, TemplateRuntimeError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

LIMIT_NESTED = 1_000_000
"""Items and characters that one list may hold, counted as often as they stand in it."""

LIMIT_NUMBER = 10_000
"""What says how wide or how many: a width, a count of columns, the places of a number."""

LIMIT_BITS = 4096
"""Of a whole number."""

MISSING_FILTERS = ("center", "indent", "pprint", "random", "urlize", "wordwrap")
"""Of Jinja's: by chance, or made for plain text, and dear to bound."""

_WIDE = re.compile(r"\d{5}|\*")
_FIELD_IN_FIELD = re.compile(r"\{[^{}]*\{")


class DearError(TemplateRuntimeError):
    """A template costs more than it may; the message is the bare reason."""


class TemplateAllowance(msgspec.Struct, frozen=True, kw_only=True):
    """What filling one template may cost."""

    steps: int = 2_000_000
    """An appendix of ten thousand teasers takes a tenth."""

    size: int = 100_000_000
    """Characters of all texts and items of all lists that are made on the way."""

    seconds: float = 30.0
    """On a machine that is busy."""


class TemplateBudget:
    """What is left of an allowance."""

    def __init__(self, allowance: TemplateAllowance) -> None:
        self._allowance = allowance
        self.renew()

    def renew(self) -> None:
        """Another template is to be filled."""
        self._steps = self._allowance.steps
        self._size = self._allowance.size
        self._end = time.monotonic() + self._allowance.seconds

    def spend(self, size: int = 0, steps: int = 1) -> None:
        """Count what makes something of that size. DearError when it is too much."""
        self._steps -= steps
        self._size -= size
        if self._steps < 0:
            raise DearError(f"it takes more than {self._allowance.steps:,} steps to fill")
        if self._size < 0:
            raise DearError(f"it makes more than {self._allowance.size:,} characters or items")
        if time.monotonic() > self._end:
            raise DearError(f"it takes more than {self._allowance.seconds:g} seconds to fill")

    def spend_on(self, made: Any) -> None:
        """Count something that was made; that of which it is made is gone through to know its size."""
        if isinstance(made, str):
            self.spend(len(made))
        elif isinstance(made, _HOLDERS):
            size = _nested_size(made)
            self.spend(size, 1 + size // 8)
        else:
            self.spend()


_NOTHING = object()
_METHODS = (MethodType, BuiltinMethodType)


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment. It judges an attribute of a type once: lists of a thousand teasers ask for the same ten."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, allowance: TemplateAllowance, **options: Any) -> None:
        self.budget = TemplateBudget(allowance)
        self._safe: dict[tuple[type, str], bool] = {}
        self.sizes: dict[str, int] = {}
        """Characters of each template that was loaded: what including it once more may add."""

        super().__init__(finalize=self.printed, **options)
        del self.globals["lipsum"]
        for name in MISSING_FILTERS:
            del self.filters[name]

    def count_filters(self) -> None:
        """Have all filters that are known by now count."""
        for name, function in self.filters.items():
            self.filters[name] = self._counted(name, function)

    def trust(self, owner: type, names: Iterable[str]) -> None:
        """Take attributes of a type of our own for safe, which is not asked about itself."""
        self._safe.update({(owner, name): True for name in names})

    # --- what the compiled templates call -------------------------------------------------------------------------

    def turns(self, items: Iterable[Any], size: int) -> "_Turns":
        """The items of a loop, whose body holds text of that size."""
        return _Turns(items, size, self.budget)

    def gathered(self, items: Any) -> Any:
        """A list, a tuple or a mapping that a template makes."""
        self.budget.spend_on(items)
        return items

    def printed(self, value: Any) -> Any:
        """What is printed, or becomes a part of a longer text; as text."""
        if not isinstance(value, str):
            if hasattr(value, "__html__"):
                self.budget.spend()
                return value
            value = str(value)
        self.budget.spend(len(value))
        return value

    # --- what Jinja lets an environment decide --------------------------------------------------------------------

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """As the sandbox says it, which looks at nothing but the object's type and the attribute's name."""
        key = (type(obj), attr)
        safe = self._safe.get(key)
        if safe is None:
            safe = self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return safe

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute, by the short way where it is known to be safe and there, and is no method."""
        if self._safe.get((type(obj), attribute)):
            value = getattr(obj, attribute, _NOTHING)
            if value is not _NOTHING and type(value) not in _METHODS:
                return value
        return super().getattr(obj, attribute)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as the base's
        """The result of a call: by the short way, without Jinja's questions, where the answers are known."""
        is_macro = type(__obj) is Macro
        if is_macro or _is_plain(__obj):
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            result = __obj(__context.eval_ctx, *args, **kwargs) if is_macro else __obj(*args, **kwargs)
        else:
            _judge_method(__self.budget, __obj, args)
            result = super().call(__context, __obj, *args, **kwargs)
        __self.budget.spend_on(result)
        return result

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The result of an operation."""
        self.budget.spend(_size_of_result(operator, left, right))
        result = super().call_binop(context, operator, left, right)
        if isinstance(result, _HOLDERS):
            self.budget.spend_on(result)
        return result

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """``str.format`` made safe; DearError for one whose fields are as wide as they like."""
        wrapped = super().wrap_str_format(value)
        if wrapped is not None:
            form = str(value.__self__)
            if _WIDE.search(form) or _FIELD_IN_FIELD.search(form):
                raise DearError(f"a field is no wider than {LIMIT_NUMBER - 1:,}, and its width is a number")
        return wrapped

    def get_template(self, name: str | Template, *args: Any, **kwargs: Any) -> Template:
        """A template, to be included or filled."""
        template = super().get_template(name, *args, **kwargs)
        self.budget.spend(self.sizes.get(template.name or "", 0))
        return template

    def select_template(self, *args: Any, **kwargs: Any) -> Template:
        """The first of several that there is."""
        template = super().select_template(*args, **kwargs)
        self.budget.spend(self.sizes.get(template.name or "", 0))
        return template

    def _counted(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        value_at = 1 if hasattr(function, "jinja_pass_arg") else 0

        @functools.wraps(function)
        def filter_(*args: Any, **kwargs: Any) -> Any:
            self.budget.spend(_size_of_filtered(name, args[value_at], (*args[value_at + 1 :], *kwargs.values())))
            result = function(*args, **kwargs)
            self.budget.spend_on(result)
            return result

        return filter_


class _Turns:
    """A loop's items, each of which is a step."""

    def __init__(self, items: Iterable[Any], size: int, budget: TemplateBudget) -> None:
        self._items = items
        self._size = size
        self._budget = budget

    def __len__(self) -> int:
        return len(self._items)  # type: ignore[arg-type]  # Jinja asks, and takes a TypeError for an answer.

    def __iter__(self) -> Iterator[Any]:
        for item in self._items:
            self._budget.spend(self._size)
            yield item


class _Counting(NodeTransformer):
    """Puts the counting where no method of the environment is asked: into loops, lists and joined texts."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - Jinja's name
        """Each turn is a step that makes the body's own text."""
        self.generic_visit(node)
        size = sum(len(text.data) for text in node.find_all(nodes.TemplateData))
        node.iter = _asked("turns", node.iter, nodes.Const(size))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Concat:  # noqa: N802
        """Each part costs its size before they are one."""
        self.generic_visit(node)
        node.nodes = [_asked("printed", part) for part in node.nodes]
        return node

    def visit_List(self, node: nodes.List) -> nodes.Expr:  # noqa: N802
        """A list costs what it holds; one that is written out is bounded by the template."""
        return self._gathered(node, node.items)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Expr:  # noqa: N802
        """Likewise; but not where names are set."""
        if node.ctx == "load":
            return self._gathered(node, node.items)
        self.generic_visit(node)
        return node

    def visit_Dict(self, node: nodes.Dict) -> nodes.Expr:  # noqa: N802
        """Likewise."""
        return self._gathered(node, [each for pair in node.items for each in (pair.key, pair.value)])

    def _gathered(self, node: nodes.Expr, items: list[nodes.Expr]) -> nodes.Expr:
        written_out = all(isinstance(item, nodes.Const) for item in items)
        self.generic_visit(node)
        return node if written_out else _asked("gathered", node)


class _Generator(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """The template's code, with the counting in it."""
        super().visit_Template(_Counting().visit(node), frame)


Sandbox.code_generator_class = _Generator


def _asked(method: str, *values: nodes.Node) -> nodes.Call:
    """A call of a method of the environment, in the place of an expression."""
    first = values[0]
    return nodes.Call(nodes.EnvironmentAttribute(method), list(values), [], None, None, lineno=first.lineno)


_COUNTED_OWNERS = (str, bytes, int)
"""Whose methods may make something enormous."""

_HOLDERS = (list, tuple, set, frozenset, dict)


def _nested_size(value: Iterable[Any]) -> int:
    """How many items and characters something holds, counted as often as they stand in it.

    DearError when it is too much: lists that hold another twice, forty times over, take no room, and for ever to print.
    """
    size = 0
    waiting = [iter((value,))]
    while waiting:
        for each in waiting[-1]:
            size += 1
            if isinstance(each, (str, bytes)):
                size += len(each)
            elif isinstance(each, Mapping):
                waiting.append(iter([part for pair in each.items() for part in pair]))
                break
            elif isinstance(each, _HOLDERS):
                waiting.append(iter(each))
                break
        else:
            waiting.pop()
        if size > LIMIT_NESTED:
            raise DearError(f"a list in it holds more than {LIMIT_NESTED:,} items and characters")
    return size


def _size_of_result(operator: str, left: Any, right: Any) -> int:
    """What an operation would make. DearError for a number, or a field, that is too large."""
    match operator, left, right:
        case ("**", int(), int()) if right > 0 and left.bit_length() * right > LIMIT_BITS:
            raise DearError(f"a number in it has more than {LIMIT_BITS} bits")
        case ("*", int(), int()) if left.bit_length() + right.bit_length() > LIMIT_BITS:
            raise DearError(f"a number in it has more than {LIMIT_BITS} bits")
        case ("*", str() | list() | tuple(), int()):
            return _multiplied(left, right)
        case ("*", int(), str() | list() | tuple()):
            return _multiplied(right, left)
        case ("+", str() | list() | tuple(), str() | list() | tuple()):
            return len(left) + len(right)
        case ("%", str(), _):
            _judge_form(left)
            return len(left)
    return 0


def _multiplied(value: str | list[Any] | tuple[Any, ...], times: int) -> int:
    return max(len(value), 1) * max(times, 0)


def _size_of_filtered(name: str, value: Any, given: tuple[Any, ...]) -> int:
    """What a filter would make beyond what it is given."""
    if name in ("batch", "round", "slice"):
        _judge_numbers(given)
    elif name == "format":
        _judge_form(str(value))
    elif name == "replace" and len(given) > 1:
        return str(value).count(str(given[0])) * len(str(given[1]))
    elif name == "join" and given and isinstance(value, (str, list, tuple, range)):
        return len(value) * len(str(given[0]))
    return 0


def _is_plain(function: Any) -> bool:
    """Whether it is written in Python, is no method of a text or number, and has no mark that Jinja looks for."""
    if type(function) is MethodType:
        return not isinstance(function.__self__, _COUNTED_OWNERS) and _is_plain(function.__func__)
    return type(function) is FunctionType and not vars(function)


def _judge_method(budget: TemplateBudget, method: Any, given: tuple[Any, ...]) -> None:
    """Count what a method of a text would make."""
    owner = getattr(method, "__self__", None)
    if not isinstance(owner, _COUNTED_OWNERS):
        return
    name = getattr(method, "__name__", "")
    if name in ("center", "ljust", "rjust", "zfill", "to_bytes"):
        _judge_numbers(given)
    elif name in ("translate", "maketrans", "expandtabs"):
        raise DearError(f"a template has no use of {name}")
    elif isinstance(owner, str) and name == "replace" and len(given) > 1:
        budget.spend(owner.count(str(given[0])) * len(str(given[1])))
    elif isinstance(owner, str) and name == "join" and given and isinstance(given[0], (str, list, tuple)):
        budget.spend(len(given[0]) * len(owner) + sum(map(len, given[0])))


def _judge_numbers(given: Iterable[Any]) -> None:
    if any(isinstance(each, int) and abs(each) > LIMIT_NUMBER for each in given):
        raise DearError(f"a width or a count in it is more than {LIMIT_NUMBER:,}")


def _judge_form(form: str) -> None:
    """DearError when a form such as ``%02d`` has fields as wide as they like."""
    for field in re.findall(r"%(?:\(\w*\))?[#0 +-]*([\d.*]*)", form):
        if _WIDE.search(field):
            raise DearError(f"a field is no wider than {LIMIT_NUMBER - 1:,}, and its width is a number")
