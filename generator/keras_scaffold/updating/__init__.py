"""Projects that were made before, brought up to date."""

from keras_scaffold.updating.checking import Checked, check_project
from keras_scaffold.updating.pending import Wishes
from keras_scaffold.updating.project import Project
from keras_scaffold.updating.several import Ask, Outcome, Templates, Updater, worst_code
from keras_scaffold.updating.updated import Updated
