"""What was asked for: read and checked once, wherever it came from."""

from keras_scaffold.answers.answers import Answers, check_answers, check_reading
from keras_scaffold.answers.answers_file import (
    read_answers,
    read_answers_file,
    read_project,
)
from keras_scaffold.answers.completion import (
    complete,
    missing_flags,
    suiting_dataset,
    usual_shape,
)
from keras_scaffold.answers.datasets import DATASETS, Dataset, Derived, find_dataset
from keras_scaffold.answers.fields import FEWEST_CLASSES, NONE, read_classes, read_shape
from keras_scaffold.answers.in_styles import InStyles, check_in_styles
from keras_scaffold.answers.keys import (
    ONEDNN,
    OPTIONAL,
    OWN,
    UNASKED,
    Key,
    where_given,
)
from keras_scaffold.answers.own_data import Found, look_at
from keras_scaffold.answers.preset_answers import expectation, kept_blocks, kept_definitions
from keras_scaffold.answers.project_names import default_project_name, package_name
from keras_scaffold.answers.questions import Question
from keras_scaffold.answers.reading import Reading
from keras_scaffold.answers.replacement import defined_anew, replace_answers
from keras_scaffold.answers.secrets import SECRETS_KEY, keep_secrets, read_secrets
