"""Evaluation: how well the trained model does on the test images."""

import json

from .checkpoint import load_trained
from .data import load
from .errors import UserError
from .runs import find_run
from .settings import Settings
from .task import measured


def evaluate(directory, named=None):
    """Write `metrics.json` and the pictures of the task beside a run's model; gives both."""
    run = find_run(directory, named)
    model, class_names = load_trained(run)
    data = load(Settings())
    if data.class_names != class_names:
        raise UserError(
            f"the data has the classes {data.class_names}, but the model in "
            f"`{run.path}` was trained on {class_names}; run `folder-subclassing train` again"
        )
    labels = [labels for _, labels in data.test]
    predictions = model.predict(data.test, verbose=0)
    metrics = measured(labels, predictions, class_names, run.path)
    text = json.dumps(metrics, ensure_ascii=False, indent=2)
    (run.path / "metrics.json").write_text(text + "\n", encoding="utf-8")
    return run, metrics
