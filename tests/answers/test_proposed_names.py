"""Names that are proposed: for a directory, and for a name that is refused."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keras_scaffold.answers.project_names import (
    default_project_name,
    package_complaint,
    package_name,
    project_name_complaint,
)
from keras_scaffold.bricks.brick_names import brick_name_complaint


@pytest.mark.parametrize(
    ("directory", "project", "package"),
    [
        ("myproject", "myproject", "myproject"),
        ("My Project", "my-project", "my_project"),
        ("net.v2", "net.v2", "net_v2"),
        ("_under_", "under", "under"),
        ("a\nb", "a-b", "a_b"),
        ("Bäume", "baume", "baume"),
        ("ünï", "uni", "uni"),
        ("Straße_Øst.œuvre", "strasse_ost.oeuvre", "strasse_ost_oeuvre"),
        ("İstanbul \u0131Łß", "istanbul-ilss", "istanbul_ilss"),
        ("ﬁne²", "fine2", "fine2"),
        ("日本", "日本", "my_project"),
        ("日本-net", "日本-net", "my_project"),
        ("cat🐈", "cat🐈", "my_project"),
        ("7 days", "7-days", "net_7_days"),
    ],
)
def test_defaults(directory, project, package):
    """The directory's name becomes the project's, and that one the package's."""
    name = default_project_name(directory)

    assert (name, package_name(name)) == (project, package)


@pytest.mark.parametrize(
    ("name", "alike"),
    [
        ("ünï", "`uni`"),
        ("Bäume am Straßenrand", "`baume-am-strassenrand`"),
        ("Réseau_2", "`reseau_2`"),
        ("日本", "`my-project`"),
        ("Upper", "`upper`"),
        ("Kéras", "`my-project`"),
    ],
)
def test_a_name_in_ascii_is_proposed(name, alike):
    """A project's name in other letters is refused, with its own spelling where it has one."""
    assert str(project_name_complaint(name)).endswith(f"e.g. {alike}")


WRITTEN = st.text(st.one_of(st.characters(), st.sampled_from("äöß日-_. Kerasclti/")))


@given(WRITTEN)
def test_what_is_proposed_is_a_name(name):
    """Each error about a name that proposes another proposes one that may be taken."""
    for complaint in (brick_name_complaint, project_name_complaint, package_complaint):
        told = str(complaint(name)).removesuffix(" (`--package`)").rpartition(" e.g. ")

        assert not told[1] or complaint(told[2].strip("`")) is None


@given(WRITTEN)
def test_no_letter_is_lost(name):
    """The project's default name has as many letters and digits as the directory's, at least.

    Those of ASCII are the same ones, in their order; a name with others is refused.
    """
    default = default_project_name(name)

    letters = [
        each for each in unicodedata.normalize("NFKD", name.lower()) if each.isalnum()
    ]
    assert len([each for each in default if each.isalnum()]) >= len(letters)
    left = iter(default)
    assert all(each.lower() in left for each in letters if each.isascii())
    assert project_name_complaint(default) or default.isascii()
