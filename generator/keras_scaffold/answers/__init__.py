"""What was asked for: read and checked once, wherever it came from."""

from keras_scaffold.answers.answers import ONEDNN, Answers, check_answers
from keras_scaffold.answers.completion import (
    missing_flags,
    replace_answers,
    suiting_dataset,
    unanswered,
    with_defaults,
)
from keras_scaffold.answers.datasets import (
    DATASETS,
    OF_NAMES,
    OWN_IMAGES,
    Dataset,
    Derived,
    decided_classes,
    default_shape,
)
from keras_scaffold.answers.fields import FEWEST_CLASSES, read_classes, read_shape
from keras_scaffold.answers.file import read_answers, read_answers_file, read_project
from keras_scaffold.answers.preset_answers import expectation, preset_shape, with_preset
from keras_scaffold.answers.project_names import default_project_name, package_name
from keras_scaffold.answers.questions import Question
from keras_scaffold.answers.reading import (
    OWN,
    SHORTHANDS,
    Reading,
    tells_graph,
    where_given,
)
from keras_scaffold.answers.secrets import SECRETS_KEY, keep_secrets, read_secrets
