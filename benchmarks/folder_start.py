"""A generated project's training, up to its first step."""

import importlib
import resource
import sys
from pathlib import Path


def main(package, directory, peak):
    """Train for one step as the command does, and write down the most memory it had, in MB."""
    importlib.import_module(f"{package}.backend").import_backend()
    train = importlib.import_module(f"{package}.train")
    settings = importlib.import_module(f"{package}.settings").Settings(
        data=directory, devices=1
    )
    data = train.load(settings)
    model = train.build_model()
    train.compile_model(model, settings, data.train.steps)
    model.fit(data.train.from_step(0), steps_per_epoch=1, verbose=0)
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    Path(peak).write_text(str(kilobytes / 1000))


if __name__ == "__main__":
    main(*sys.argv[1:])
