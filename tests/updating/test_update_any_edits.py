"""The promise: no update loses an edit, whatever the user and the template changed."""

from __future__ import annotations

from hypothesis import given, settings

from keras_scaffold.answers.answers import check_answers as checked
from tests.cases import MANY, STYLES, changing, template_files, updated
from tests.edits import TEMPLATE_EDITS, USER_EDITS
from tests.promise import assert_nothing_is_lost


@settings(max_examples=MANY * 3 // 2)
@given(
    files=template_files(),
    user_edits=USER_EDITS,
    template_edits=TEMPLATE_EDITS,
    old=STYLES,
    new=STYLES,
)
def test_any_edits(
    files,
    user_edits,
    template_edits,
    old,
    new,
    fresh,
    team_template,
    workplace,
    executed,
):
    """Whatever lines and files both sides change, nothing of either is lost."""
    place = fresh()
    template, change = changing(place, team_template, files, template_edits)

    case = updated(
        place,
        template,
        checked({"name": "net", "style": old}, template.questions),
        checked({"name": "net", "style": new}, template.questions),
        user_edits,
        change,
    )

    assert_nothing_is_lost(case)
    executed("updates after random edits of both sides")
