"""``publisher themes``: what themes there are, what one takes, and a new one to start from."""

from pathlib import Path

import click

from publisher.cli.commands import Group
from publisher.cli.options import complete_theme, themes_folder_option
from publisher.cli.options import theme_folders as search_path
from publisher.cli.preview import preview
from publisher.cli.terminal import say, tell
from publisher.errors import ThemeError


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def themes(context: click.Context) -> None:
    """List themes, show one, start a new one, or look at what one makes."""
    if context.invoked_subcommand is None:
        context.invoke(list_)


@themes.command("list")
@click.option("--names", is_flag=True, help="The names alone, one a line, for scripts.")
@themes_folder_option
def list_(names: bool = False, folders: tuple[Path, ...] = ()) -> None:
    """List the themes that can be named."""
    from publisher.theming import load_theme, theme_faults, theme_folders

    search = search_path(folders)
    for name in theme_folders(search):
        try:
            say(name if names else f"{name:14} {load_theme(name, search).summary}")
        except ThemeError as error:
            tell(str(error))  # The others can be named all the same.
    tell(*theme_faults())


@themes.command()
@click.argument("name", shell_complete=complete_theme)
@themes_folder_option
def show(name: str, folders: tuple[Path, ...]) -> None:
    """Show what a theme makes, its options and its files."""
    from publisher.theming import load_theme

    theme = load_theme(name, search_path(folders))
    say(f"{theme.name}: {theme.summary}")
    say(f"extends: {' > '.join(theme.stack[1:]) or 'nothing'}")
    say(f"print: {', '.join(theme.documents.print)}")
    if theme.documents.run_on:
        say(f"print, run on: {', '.join(theme.documents.run_on)}")
    say(f"e-book: {', '.join(theme.documents.ebook)}")
    say("options, given as --set name=value:")
    for key, option in theme.options.items():
        values = " | ".join(option.choices) if option.choices else option.type
        default = str(option.default).lower() if isinstance(option.default, bool) else option.default or "none"
        say(f"  {key:12} {values} (default {default}). {option.help}")
    say("files:")
    for path in sorted({path for files in theme.files.values() for path in files}):
        say(f"  {path:40} {next(owner for owner in theme.stack if path in theme.files[owner])}")


@themes.command()
@click.argument("name")
@click.option("--extends", default="brief", show_default=True, shell_complete=complete_theme, help="Where to start.")
@click.option(
    "--in",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to make its folder. Without it, your own themes folder, where it is found by its name.",
)
@themes_folder_option
def new(name: str, extends: str, folder: Path | None, folders: tuple[Path, ...]) -> None:
    """Make a theme's folder to start from: a description and a print style sheet that adds to another theme's."""
    from publisher.theming import load_theme
    from publisher.theming.starter import make_theme

    search = search_path(folders)
    made = make_theme(name, load_theme(extends, search), folder or search[-1])
    say(str(made), f"Try it: publisher brief SOURCE -o brief.pdf --theme {name if folder is None else made}")


themes.add_command(preview)
