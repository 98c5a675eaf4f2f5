"""The Jinja environment of a theme: sandboxed, escaping, strict about undefined names, and clear about mistakes."""

from collections.abc import Callable, Mapping
from types import CodeType
from typing import Any

from jinja2 import (
    BytecodeCache,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_context,
    select_autoescape,
)
from jinja2.bccache import Bucket
from jinja2.loaders import FunctionLoader
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from publisher.errors import ThemeError
from publisher.theming.binding import bind_end
from publisher.theming.markup import Typesetter, css_string, shorten
from publisher.theming.theme import Theme


def _in_the_documents_language(set_words: Callable[[Any, str], Markup]) -> Callable[[Context, Any], Markup]:
    """A filter that sets words in the language of the document that is being filled."""

    @pass_context
    def filter_(context: Context, words: Any) -> Markup:
        return set_words(words, str(context.get("document_language", "")))

    return filter_


class _Compiled(BytecodeCache):
    """Templates that were compiled before, by place and text: compiling is most of the work of a rendition.

    Nothing of one rendition gets into another: the compiler computes by itself only what asks for no context, and the
    filters that know a target or a language ask for one.
    """

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code in the bucket, if it is there."""
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bucket's code."""
        if bucket.code is not None:
            self.codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, which judges an attribute of a type once: lists of a thousand teasers ask for the same ten."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """As the sandbox says it, which looks at nothing but the object's type and the attribute's name."""
        key = (type(obj), attr)
        safe = self._safe.get(key)
        if safe is None:
            safe = self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return safe


class Templates:
    """The templates of a theme, ready to be filled."""

    def __init__(self, theme: Theme, typesetter: Typesetter, globals_: Mapping[str, object]) -> None:
        self.theme = theme
        self.environment = _Sandbox(
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
        self.environment.globals.update(globals_)

    def fill(self, path: str, context: Mapping[str, object]) -> str:
        """The template's result; ThemeError with file and line when the template is broken."""
        try:
            return self.environment.get_template(path).render(context)
        except TemplateSyntaxError as error:
            raise ThemeError(f"{error.filename or error.name}, line {error.lineno}: {error.message}") from error
        except TemplateNotFound as error:
            missing = f"there is no file {error.name!r} in the theme, nor in any that it extends"
            raise ThemeError(f"{self._place(error, path)}: {missing}") from error
        except TemplateError as error:
            raise ThemeError(f"{self._place(error, path)}: {error.message}") from error
        except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError) as error:
            # What a template's expressions raise when they use a value as what it is not.
            raise ThemeError(f"{self._place(error, path)}: {error}") from error

    def _load(self, path: str) -> tuple[str, str, Callable[[], bool]] | None:
        data = self.theme.file_for(path)
        if data is None:
            return None
        owner = path if ":" in path else f"{self._owner(path)}:{path}"
        try:
            return data.decode("utf-8"), owner, lambda: True
        except UnicodeDecodeError as error:
            raise ThemeError(f"{owner} is not UTF-8: {error.reason} at byte {error.start}") from error

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
