"""Projects that were made before: brought up to date, and checked."""

from keras_scaffold.updating.checking import (
    MODIFIED,
    NEVER_GOOD,
    OUTDATED,
    Checked,
    check_project,
)
from keras_scaffold.updating.pending import Wishes
from keras_scaffold.updating.project import Project
from keras_scaffold.updating.several import Ask, Outcome, Templates, Updater, worst_code
from keras_scaffold.updating.update import Updated
