"""Evaluation: how well the trained model does on the test images."""

import json

from .data import load
from .errors import UserError
from .settings import Settings
from .task import measured
from .train import load_trained


def evaluate(directory):
    """Write `metrics.json` and the pictures of the task, and return what is in the former."""
    model, class_names = load_trained(directory)
    data = load(Settings())
    if data.class_names != class_names:
        raise UserError(
            f"the data has the classes {data.class_names}, but the model in "
            f"`{directory}` was trained on {class_names}; run `fashion-sequential-add train` again"
        )
    labels = [labels for _, labels in data.test]
    predictions = model.predict(data.test, verbose=0)
    metrics = measured(labels, predictions, class_names, directory)
    text = json.dumps(metrics, ensure_ascii=False, indent=2)
    (directory / "metrics.json").write_text(text + "\n", encoding="utf-8")
    return metrics
