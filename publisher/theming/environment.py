"""The Jinja environment of a theme: sandboxed, escaping, strict about undefined names, and clear about mistakes."""

import functools
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from jinja2 import (
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_context,
    select_autoescape,
)
from jinja2.lexer import TOKEN_BLOCK_BEGIN, TOKEN_BLOCK_END, TOKEN_STRING
from jinja2.loaders import FunctionLoader
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from publisher.errors import ThemeError, near_match
from publisher.theming.binding import bind_end
from publisher.theming.compiled import CompiledTemplates
from publisher.theming.markup import Typesetter, css_string, shorten
from publisher.theming.placing import marked, unmarked
from publisher.theming.sandbox import Sandbox, TemplateAllowance
from publisher.theming.theme import Theme


def _in_the_documents_language(set_words: Callable[[Any, str], Markup]) -> Callable[[Context, Any], Markup]:
    """A filter that sets words in the language of the document that is being filled."""

    @pass_context
    def filter_(context: Context, words: Any) -> Markup:
        return set_words(words, str(context.get("document_language", "")))

    return filter_


_COMPILED = CompiledTemplates()
_LEXER = SandboxedEnvironment().lexer

LIMIT_CHARACTERS = 1024 * 1024
"""Of one template; the longest of ours has 20,000."""


class _Form(NamedTuple):
    """What a template extends, and its blocks."""

    extends: str | None
    """``None``: nothing, or what only its filling decides."""

    blocks: frozenset[str]
    outermost: tuple[tuple[str, int], ...]
    """Those that stand in no other, each with its line."""


@functools.lru_cache(maxsize=256)
def _form_of(text: str, owner: str | None = None) -> _Form:
    """The form of a template, by its tags alone: they are read once more when it is compiled, which takes far longer.

    TemplateSyntaxError where it is not even made of tags.
    """
    extends: list[str | None] = []
    blocks: list[str] = []
    outermost: list[tuple[str, int]] = []
    depth = 0
    tokens = list(_LEXER.tokenize(text, owner, owner))
    for tag, name, first, last in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
        if tag.type != TOKEN_BLOCK_BEGIN:
            continue
        if name.value == "extends":
            extends.append(first.value if (first.type, last.type) == (TOKEN_STRING, TOKEN_BLOCK_END) else None)
        elif name.value == "block":
            blocks.append(first.value)
            if not depth:
                outermost.append((first.value, name.lineno))
            depth += 1
        elif name.value == "endblock":
            depth -= 1
    return _Form(extends=next(iter(extends), None), blocks=frozenset(blocks), outermost=tuple(outermost))


class Templates:
    """The templates of a theme, ready to be filled."""

    def __init__(
        self,
        theme: Theme,
        typesetter: Typesetter,
        globals_: Mapping[str, object],
        allowance: TemplateAllowance = TemplateAllowance(),  # noqa: B008 - frozen
    ) -> None:
        self.theme = theme
        self.given = globals_
        self.environment = Sandbox(
            allowance,
            loader=FunctionLoader(self._load),
            autoescape=select_autoescape(("xhtml", "html", "xml", "svg"), default=False),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=_COMPILED,
        )
        self.environment.filters.update(
            text=_in_the_documents_language(typesetter.text),
            inlines=_in_the_documents_language(typesetter.inlines),
            css_string=css_string,
            shorten=shorten,
            bound=bind_end,
        )
        self.environment.count_filters()
        self.environment.globals.update(globals_)

    def fill(self, path: str, context: Mapping[str, object]) -> str:
        """The template's result; ThemeError with file and line when the template is broken, or costs too much."""
        self.environment.budget.renew()
        try:
            return self.environment.get_template(path).render(context)
        except TemplateSyntaxError as error:
            raise ThemeError(f"{error.filename or error.name}, line {error.lineno}: {error.message}") from error
        except TemplateNotFound as error:
            missing = f"there is no file {error.name!r} in the theme, nor in any that it extends"
            raise ThemeError(f"{self._place(error, path)}: {missing}") from error
        except TemplateError as error:
            raise ThemeError(f"{self._place(error, path)}: {error.message}") from error
        except RecursionError as error:
            raise ThemeError(f"{self._place(error, path)}: it is nested too deeply, or calls itself") from error
        except MemoryError as error:
            raise ThemeError(f"{self._place(error, path)}: it needs more memory than there is") from error
        except SyntaxError as error:  # The compiled template is Python, which nests to a certain depth only.
            raise ThemeError(f"{path}: it is nested too deeply: {error.msg}") from error
        except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RuntimeError) as error:
            # What a template's expressions raise when they use a value as what it is not.
            raise ThemeError(f"{self._place(error, path)}: {error}") from error

    def fill_sheet(self, path: str, context: Mapping[str, object]) -> tuple[str, tuple[str, ...]]:
        """The style sheet, and for each of its lines the theme's file and line; the errors are those of ``fill``."""
        return unmarked(self.fill(path, context))

    def _load(self, path: str) -> tuple[str, str, Callable[[], bool]] | None:
        data = self.theme.file_for(path)
        if data is None:
            return None
        owner = path if ":" in path else f"{self._owner(path)}:{path}"
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ThemeError(f"{owner} is not UTF-8: {error.reason} at byte {error.start}") from error
        if len(text) > LIMIT_CHARACTERS:
            raise ThemeError(f"{owner} is too long for a template: the limit is {LIMIT_CHARACTERS:,} characters")
        self._require_blocks(text, owner)
        self.environment.sizes[path] = len(text)
        return marked(text, owner) if path.endswith(".css") else text, owner, lambda: True

    def _require_blocks(self, text: str, owner: str) -> None:
        """ThemeError for a block that no template above has: it would never be printed, and nobody would know."""
        if "extends" not in text:
            return
        form = _form_of(text, owner)
        above = self._blocks_above(form)
        if above is None:
            return
        for name, line in form.outermost:
            if name not in above:
                raise ThemeError(
                    f"{owner}, line {line}: no template that it extends has a block {name!r}. "
                    f"{near_match(name, sorted(above))}"
                )

    def _blocks_above(self, form: _Form) -> frozenset[str] | None:
        """The blocks of all templates that a template extends; ``None`` when it extends none, or one that varies."""
        data = self.theme.file_for(form.extends) if form.extends else None
        if data is None:
            return None  # A file that is missing is told when the template is filled.
        parent = _form_of(data.decode("utf-8", errors="replace"))
        return parent.blocks | (self._blocks_above(parent) or frozenset())

    def _owner(self, path: str) -> str:
        return next(name for name in self.theme.stack if path in self.theme.files[name])

    def _place(self, error: BaseException, path: str) -> str:
        """File and line of the innermost template that the error passed through."""
        place = f"template {path!r}"
        step: Any = error.__traceback__
        while step is not None:
            file = step.tb_frame.f_code.co_filename
            if file.partition(":")[0] in self.theme.files:
                place = f"{file}, line {step.tb_lineno}"
            step = step.tb_next
        return place
