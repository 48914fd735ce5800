"""What an update would change in a project, and what its user changed."""

from keras_scaffold.updating.checking.check import Checked, check_project
from keras_scaffold.updating.checking.states import MODIFIED, NEVER_GOOD, OUTDATED
