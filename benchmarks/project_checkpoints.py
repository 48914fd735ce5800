"""A command of a generated project; prints at last how many seconds its checkpoints took."""

import importlib
import sys
import time


def main(package, *arguments):
    """Run the command as it is run by its entry point."""
    cli = importlib.import_module(f"{package}.cli")
    importlib.import_module(f"{package}.backend").import_backend()
    checkpoint = importlib.import_module(f"{package}.checkpoint")
    save, taken = checkpoint.save_arrays, []

    def timed(*what, **plain):
        start = time.perf_counter()
        save(*what, **plain)
        taken.append(time.perf_counter() - start)

    checkpoint.save_arrays = timed
    code = cli.main([*arguments])
    print(sum(taken))
    sys.exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
