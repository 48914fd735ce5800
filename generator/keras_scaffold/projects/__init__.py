"""From answers to the directory of a project."""

from keras_scaffold.projects.archive import (
    DamagedError,
    as_generated,
    formatter_of,
    from_zip,
    keeping,
    to_zip,
)
from keras_scaffold.projects.creation import (
    LAST_STEP,
    Created,
    create_project,
    file_list,
    may_turn_off,
    proof_subject,
    turned_off,
)
from keras_scaffold.projects.destination import destination_problems
from keras_scaffold.projects.formatting import (
    PYPROJECT,
    Format,
    Settings,
    merge_settings,
    settings_in,
    settings_of,
)
from keras_scaffold.projects.lesson import to_lesson
from keras_scaffold.projects.new_file import file_problems, write_file
from keras_scaffold.projects.rendering import Rendered, render
from keras_scaffold.projects.single_file import SingleFile, to_single_file
