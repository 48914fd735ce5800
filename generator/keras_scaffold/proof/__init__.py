"""That a project works: built, trained, saved and reloaded."""

from keras_scaffold.proof.interpreter import choose_interpreter, usual_interpreter
from keras_scaffold.proof.smoke import Proof, Smoke, Subject, model_files
