"""The built-in template's questions, and what is wrong with answers to them."""

import pytest

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.errors import InputError
from keras_scaffold.templates.fetching import open_template


@pytest.fixture(scope="session")
def questions():
    """The built-in template's questions."""
    with open_template() as template:
        return template.questions


@pytest.fixture
def problems(questions):
    """Tells what is wrong with answers."""

    def told(**given):
        with pytest.raises(InputError) as error:
            check_answers({"name": "net", **given}, questions)
        return error.value.problems

    return told
