"""Which options stand together in the help."""

import re

import click
import pytest

from publisher.cli import cli
from publisher.cli.grouping import GROUPS, groups_of, long_name
from tests.cli.running import run


def options_of(*path):
    command = cli
    for name in path:
        command = command.commands[name]
    return command


@pytest.mark.parametrize("name", ["brief", "compile", "read"])
def test_every_option_of_a_command_with_many_stands_under_one_heading(name):
    command = options_of(name)
    context = click.Context(command, help_option_names=["-h", "--help"])
    groups = groups_of(command, context)

    shown = [long_name(option) for _, options in groups for option in options]
    options = [each for each in command.get_params(context) if isinstance(each, click.Option)]
    assert sorted(shown) == sorted(map(long_name, options))
    assert {long_name(each) for each in dict(groups)["Others"]} == {"--help"}


def test_no_heading_names_an_option_that_no_command_has():
    known = {long_name(option) for name in ("brief", "compile", "read") for option in options_of(name).params}

    assert {name for names in GROUPS.values() for name in names} - known == set()


def test_the_help_has_the_headings_in_their_order():
    headings = re.findall(r"^(\S.*):$", run("compile", "--help").stdout, re.MULTILINE)

    assert headings == [heading for heading in GROUPS if heading != "What is printed"] + ["Others"]


def test_a_command_with_few_options_has_them_in_one_list():
    assert re.findall(r"^(\S.*):$", run("verify", "--help").stdout, re.MULTILINE) == ["Options"]
