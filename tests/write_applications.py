"""Writes what is known of keras.applications anew: `python -m tests.write_applications`."""

from pathlib import Path
from tempfile import TemporaryDirectory

from keras_scaffold.layers.applications import LISTED_IN, known_applications
from keras_scaffold.templates import open_template
from tests.applications import generated_function, listed, without_weights

if __name__ == "__main__":
    with open_template() as template, TemporaryDirectory() as directory:
        function = generated_function(template, Path(directory))
        blocks = [
            listed(each, without_weights(function, each, (224, 224, 3)))
            for each in known_applications().values()
        ]
    LISTED_IN.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
