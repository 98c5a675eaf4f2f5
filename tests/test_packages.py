"""What is known of installed packages without asking at length: the same as who asks so is told."""

import sys
from importlib import metadata

import pytest

from publisher import packages

ALL = sorted({name for kind in vars(packages) if kind.endswith("_PACKAGES") for name in getattr(packages, kind)})


@pytest.fixture
def asks_anew():
    """Nothing is known of packages before the test, nor after it."""
    for function in (packages.version_of, packages._folders):
        function.cache_clear()
    yield
    for function in (packages.version_of, packages._folders):
        function.cache_clear()


@pytest.mark.parametrize("name", [*ALL, packages.DISTRIBUTION, "Ruamel_Yaml", "no-such-package"])
def test_a_version_is_the_one_that_importlib_gives(name):
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        version = None

    assert packages.version_of(name) == version


@pytest.mark.parametrize(
    ("said", "version"),
    [
        pytest.param("Metadata-Version: 2.4\nName: Some.Thing\nVersion: 1.2\n\nVersion: 9", "1.2", id="its own word"),
        pytest.param("Metadata-Version: 2.4\nName: Some.Thing\nversion:1.2\n", "1.2", id="as others write it"),
        pytest.param(None, None, id="nothing"),
    ],
)
@pytest.mark.usefixtures("asks_anew")
def test_a_package_is_found_by_any_spelling_of_its_name(said, version, tmp_path, monkeypatch):
    folder = tmp_path / "Some_Thing-1.2.dist-info"
    if said is not None:
        folder.mkdir()
        (folder / "METADATA").write_text(said, encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])

    assert packages.version_of("some-thing") == version
