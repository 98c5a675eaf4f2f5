"""The schedules in ``examples/schedules``: their schedulers take them, and they keep the rules of their README."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

SCHEDULES = Path(__file__).parents[1] / "examples" / "schedules"
FINE = {"20", "21", "22"}
LATER = {"3", "10", "12"}


UNITS = ("publisher-digest.service", "publisher-digest.timer", "publisher-digest-failed.service")


def text(name: str) -> str:
    return (SCHEDULES / name).read_text(encoding="utf-8")


def tool(name: str) -> str:
    beside = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return shutil.which(name, path=beside) or pytest.skip(f"{name} is not installed")


def test_systemd_takes_the_units(tmp_path):
    program = tool("systemd-analyze")
    for name in UNITS:
        unit = text(name).replace("/usr/local/bin/publisher", "/bin/true")  # It looks whether the program is there.
        (tmp_path / name).write_text(unit, encoding="utf-8")

    verified = subprocess.run(
        [program, "verify", "--man=no", *tmp_path.iterdir()], capture_output=True, text=True, check=False, timeout=60
    )

    ours = [line for line in verified.stderr.splitlines() if "publisher-digest" in line]
    assert (verified.returncode, ours) == (0, []), verified.stderr


def test_the_unit_is_closed_to_what_a_digest_does_not_need():
    program = tool("systemd-analyze")
    unit = SCHEDULES / "publisher-digest.service"

    judged = subprocess.run(
        [program, "security", "--offline=true", "--threshold=20", "--no-pager", unit],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    if "exposure level" not in judged.stdout:
        pytest.skip(f"this systemd-analyze judges no files: {judged.stderr.strip()}")
    assert judged.returncode == 0, judged.stdout
    settings = dict(re.findall(r"^(\w+)=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE))
    for name in ("ProtectSystem", "PrivateTmp", "MemoryMax", "RuntimeMaxSec", "LoadCredential", "OnFailure"):
        assert settings[name]


def test_systemd_reads_the_times_as_meant():
    program = tool("systemd-analyze")
    for time in re.findall(r"^OnCalendar=(.*)$", text("publisher-digest.timer"), re.MULTILINE):
        read = subprocess.run(
            [program, "calendar", time], capture_output=True, text=True, check=True, timeout=60, env={"TZ": "UTC"}
        )
        assert f"Normalized form: {time}" in read.stdout


def test_systemd_tells_outcomes_apart():
    settings = dict(re.findall(r"^(\w+)=(.*)$", text("publisher-digest.service"), re.MULTILINE))

    assert set(settings["SuccessExitStatus"].split()) == FINE
    assert settings["Restart"] == "on-failure"
    assert {str(code) for code in range(1, 13)} - set(settings["RestartPreventExitStatus"].split()) == LATER
    assert "Persistent=true" in text("publisher-digest.timer")


@pytest.mark.parametrize(
    ("name", "schema"), [("github-actions.yml", "vendor.github-workflows"), ("gitlab-ci.yml", "vendor.gitlab-ci")]
)
def test_the_hosts_take_their_files(name, schema):
    checked = subprocess.run(
        [tool("check-jsonschema"), "--builtin-schema", schema, SCHEDULES / name],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert checked.returncode == 0, checked.stdout


def test_on_github_one_run_waits_for_another_and_none_is_on_the_full_hour():
    workflow = yaml.safe_load(text("github-actions.yml"))
    times = [each["cron"] for each in workflow[True]["schedule"]]  # YAML 1.1 takes "on" for true.

    assert workflow["concurrency"] == {"group": "digest", "cancel-in-progress": False}
    assert workflow["permissions"] == {"contents": "write"}
    assert len(times) == 2
    assert all(re.fullmatch(r"\d+ \d+ \* \* 1", time) and int(time.split()[0]) % 15 for time in times)


def test_on_gitlab_one_run_waits_for_another():
    job = yaml.safe_load(text("gitlab-ci.yml"))["digest"]

    assert job["resource_group"] == "digest"
    assert job["interruptible"] is False
    assert {str(code) for code in job["retry"]["exit_codes"]} == LATER


def scripts() -> dict[str, list[str]]:
    """The shell scripts in the schedules."""
    steps = yaml.safe_load(text("github-actions.yml"))["jobs"]["digest"]["steps"]
    job = yaml.safe_load(text("gitlab-ci.yml"))["digest"]
    variables = dict(re.findall(r"^([A-Z]+)=(.*)$", text("publisher-digest.cron"), re.MULTILINE))
    lines = re.findall(r"^[\d,]+ +[\d,]+ +\* \* [\d,]+ +(.*)$", text("publisher-digest.cron"), re.MULTILINE)
    for name, value in variables.items():
        lines = [line.replace(f"${name}", value) for line in lines]
    return {
        "github": [step["run"] for step in steps if "run" in step],
        "gitlab": [*job["before_script"], *job["script"]],
        "cron": lines,
    }


@pytest.mark.parametrize("host", ["github", "gitlab", "cron"])
def test_the_scripts_are_shell(host):
    for script in scripts()[host]:
        subprocess.run(["sh", "-n"], input=script, text=True, check=True, timeout=10)
    assert "%" not in "".join(scripts()["cron"])  # cron ends the command there.


@pytest.mark.sample(3)
@pytest.mark.parametrize("code", [0, 3, 8, 9, 10, 11, 20, 21, 22])
@pytest.mark.parametrize("host", ["github", "gitlab", "cron"])
def test_each_exit_code_is_taken_as_the_readme_says(tmp_path, host, code):
    """The script's own lines, with a ``publisher`` that ends so."""
    program = tmp_path / "publisher"
    program.write_text(f"#!/bin/sh\necho said\nexit {code}\n")
    program.chmod(0o755)
    lines = {
        "github": [script for script in scripts()["github"] if "publisher digest" in script],
        "gitlab": [line for line in scripts()["gitlab"] if "code" in line],
        "cron": scripts()["cron"][:1],
    }[host]
    script = "\n".join(lines).replace("/usr/local/bin/publisher", "publisher").replace(". /srv/tin/digest.env;", "")
    script = script.replace("/srv/tin/digest.log", str(tmp_path / "log"))

    ran = subprocess.run(
        ["sh", "-e", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        timeout=10,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
    )

    if host == "cron":  # What matters is whether anything is mailed.
        assert ran.stdout == ("" if str(code) in FINE | {"0", "11"} else "said\n")
    else:
        assert ran.returncode == (0 if str(code) in FINE else code)
