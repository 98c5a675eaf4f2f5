"""What shells offer after TAB, besides what click knows by itself: the options of a theme with their values.

Commands, options, choices and names of themes are completed by click. bash divides words at each equals sign, so that
it needs a class of its own, which ``main`` loads when a shell asks.
"""

import click
from click.shell_completion import BashComplete, CompletionItem, add_completion_class


def complete_setting(context: click.Context, incomplete: str) -> list[CompletionItem[str]]:
    """The options of the theme that a command names, as name=value where the values are known, else as name=."""
    from publisher.cli.options import theme_folders
    from publisher.errors import PublisherError
    from publisher.theming import load_theme

    # The arguments are not parsed yet where an option before them lacks its value.
    name = context.params.get("theme") or context.params.get("name") or next(iter(context.args), "")
    try:
        theme = load_theme(name, theme_folders(context.params.get("folders") or ()))
    except PublisherError:
        return []
    items = [
        CompletionItem(f"{name}={value}", help=option.help)
        for name, option in theme.options.items()
        for value in option.values
        # A list of all colours would push the other options off the screen.
        if option.type != "colour" or incomplete.startswith(f"{name}=")
    ]
    items += [
        CompletionItem(f"{name}=", help=option.help)
        for name, option in theme.options.items()
        if option.type in ("colour", "picture", "text") and f"{name}=" != incomplete
    ]
    if any(incomplete.startswith(f"{name}=") for name, option in theme.options.items() if option.type == "picture"):
        return [CompletionItem(incomplete.partition("=")[2], type="file")]
    return [item for item in items if item.value.startswith(incomplete)]


class Bash(BashComplete):
    """bash, which hands over ``accent=navy`` as three words and takes an answer for the last of them."""

    source_template = """\
%(complete_func)s() {
    local IFS=$'\\n' completion kind value
    COMPREPLY=()
    for completion in $(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD %(complete_var)s=bash_complete $1); do
        kind=${completion%%%%,*} value=${completion#*,}
        case $kind in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            part) COMPREPLY+=("$value"); compopt -o nospace ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the last, and the last, each whole again."""
        args, incomplete = super().get_completion_args()
        words: list[str] = []
        joins = False
        for word in (*args, incomplete):
            if words and (joins or word == "="):
                words[-1] += word
                joins = word == "="
            else:
                words.append(word)
        self._answered = f"{words[-1].rpartition('=')[0]}=" if "=" in words[-1] else ""
        return words[:-1], words[-1]

    def format_completion(self, item: CompletionItem[str]) -> str:
        """An item as the script takes it; ``part`` is one that more will follow."""
        kind = "part" if item.type == "plain" and item.value.endswith("=") else item.type
        return f"{kind},{item.value.removeprefix(self._answered)}"


add_completion_class(Bash)
