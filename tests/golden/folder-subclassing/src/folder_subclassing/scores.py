"""How well classes or labels were told, one by one."""

import numpy as np


def scores(names, correct, predicted, support):
    """Of each name its precision, recall, F1 and support (number of images).

    What was never predicted, or has no image, counts as 0, not as undefined.
    """
    columns = {
        "precision": correct / np.maximum(predicted, 1),
        "recall": correct / np.maximum(support, 1),
        "f1": 2 * correct / np.maximum(predicted + support, 1),
        "support": support,
    }
    return {
        name: {column: values[index].item() for column, values in columns.items()}
        for index, name in enumerate(names)
    }


def score_lines(title, rows):
    """The scores as lines of a table."""
    width = max(len(name) for name in [title, *rows])
    yield f"{title:{width}}  precision  recall      f1  images"
    for name, row in rows.items():
        yield (
            f"{name:{width}}  {row['precision']:9.1%}  {row['recall']:6.1%}"
            f"  {row['f1']:6.1%}  {row['support']:6}"
        )
