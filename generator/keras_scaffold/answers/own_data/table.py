"""A table of the user's own images, as --dataset table reads it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from keras_scaffold.answers.asked_network import AskedNetwork
from keras_scaffold.answers.datasets import TABLE
from keras_scaffold.answers.own_data.columns import flag_for, is_of_images, names_in
from keras_scaffold.answers.own_data.complaints import other_kinds, unopened
from keras_scaffold.answers.own_data.found import Found
from keras_scaffold.answers.own_data.parts import SAMPLED, every_nth
from keras_scaffold.answers.own_data.sample import Sample, read_sample
from keras_scaffold.answers.own_data.search import USUAL, listed, shown
from keras_scaffold.bricks import part_name_complaint
from keras_scaffold.network import AskedOutput
from keras_scaffold.suggestions import did_you_mean

PART = "part"
"""The column that may tell which rows are to train, to validate and to test."""
FEWEST_ROWS = 3
"""One for each part."""


@dataclass(frozen=True, kw_only=True)
class Table(Found):
    """Columns by their names."""

    dataset = TABLE
    rows: int = 0
    columns: Mapping[str, Collection[str]] = field(default_factory=dict)
    """The different cells of each that are not empty."""

    def __str__(self) -> str:
        """What there is, in a line."""
        names = listed(self.columns)
        return f"`{shown(self.place)}` has {self.rows:,} rows of {names}; {self.sample}"

    def classes_of(self, network: AskedNetwork) -> int | None:
        """How many names each column of an output has that leaves it open, if as many each."""
        numbers = {len(names) for names in self._open(network).values()}
        return numbers.pop() if len(numbers) == 1 else None

    def _open(self, network: AskedNetwork) -> dict[str, list[str]]:
        """The names in the columns of the outputs of which the number is not told."""
        return {
            output.name: names_in(self.columns[output.name], output.kind)
            for output in network.every_output
            if output.size is None and output.name in self.columns
        }

    def unsuited(self, network: AskedNetwork) -> Iterator[str]:
        """Which inputs and outputs have no column, or one of another number of names."""
        if not network.named:
            yield from self._names()
            return
        ends = [("--input", name) for name, _ in network.every_input]
        ends += [("--output", output.name) for output in network.every_output]
        for flag, name in ends:
            if name not in self.columns:
                yield (
                    f"{flag}: `{shown(self.place)}` has no column `{name}`; "
                    f"{did_you_mean(name, map(shown, self.columns))}"
                )
        for output in network.every_output:
            yield from self._other_number(output, network.classes)
        left = {} if network.classes else self._open(network)
        if len({len(names) for names in left.values()}) > 1:
            flags = " ".join(f"--output {name}={len(left[name])}" for name in left)
            yield (
                f"--classes: the columns {listed(left)} have different numbers of names; say "
                f"{flags}"
            )

    def _other_number(self, output: AskedOutput, classes: int | None) -> Iterator[str]:
        """Whether a column has another number of names than its output tells."""
        size = output.size or classes
        names = names_in(self.columns.get(output.name, ()), output.kind)
        column = f"the column `{output.name}` of `{shown(self.place)}`"
        number = len(names)
        if 0 < number < output.kind.fewest:
            yield f"--output: {column} has one name, {listed(names)}; add rows of another"
        elif number and size not in (None, number):
            yield (
                f"{'--output' if output.size else '--classes'}: {column} has {number:,} names "
                f"({listed(names)}), not {size:,}; say --output "
                f"{output.name}={number}:{output.kind.word()}, or change the column"
            )

    def _names(self) -> Iterator[str]:
        """What inputs and outputs the columns may be, and which cannot be called so."""
        flags = {
            name: flag_for(name, self.columns[name], self.rows) for name in self.columns
        }
        said = " ".join(filter(None, flags.values()))
        yield (
            f"--data: {self}; inputs and outputs are columns: say {said}, with bricks by "
            "--preset or --blocks"
        )
        for name in filter(flags.get, flags):
            if why := part_name_complaint(name):
                yield f"--data: the column `{shown(name)}` has to be called otherwise: {why}"


def look_into(place: Path) -> Table:
    """What is in a table, by its cells and the headers of some images."""
    try:
        with place.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            cells: list[dict[str, None]] = [{} for _ in header]
            rows = 0
            for row in reader:
                rows += bool(row)
                for column, cell in zip(cells, row, strict=False):
                    if cell.strip():
                        column[cell.strip()] = None
    except OSError as error:
        why = f"`{shown(place)}` cannot be read: {error.strerror}; name a table, or its directory"
        return Table(place=place, faults=(why,))
    except (UnicodeDecodeError, csv.Error) as error:
        why = f"`{shown(place)}` is no table: {error}; save it as CSV, in UTF-8"
        return Table(place=place, faults=(why,))
    columns = {
        name: column for name, column in zip(header, cells, strict=True) if name != PART
    }
    paths = [
        place.parent / cell
        for each in columns.values()
        if is_of_images(each)
        for cell in each
    ]
    sample = read_sample([str(path) for path in every_nth(paths, SAMPLED)])
    faults = tuple(wrong_table(place, header, rows, bool(paths), sample))
    remarks = (*unopened(sample, place.parent), *other_kinds(set(), sample))
    return Table(
        place=place,
        rows=rows,
        columns=columns,
        sample=sample,
        faults=faults,
        remarks=remarks,
    )


def wrong_table(
    place: Path, header: Sequence[str], rows: int, has_images: bool, sample: Sample
) -> Iterator[str]:
    """Why nothing can learn from a table."""
    if rows < FEWEST_ROWS:
        yield f"`{shown(place)}` has {rows} rows, and needs {FEWEST_ROWS} at the least; add some"
    if twice := [name for name, number in Counter(header).items() if number > 1]:
        yield f"`{shown(place)}` has several columns {listed(twice)}; keep one of each"
    elif not has_images:
        yield (
            f"`{shown(place)}` has no column of images (paths that end in {USUAL}), but "
            f"{listed(header) or 'none'}; add one"
        )
    elif not sample.sizes:
        yield (
            f"`{shown(place)}` names no image that can be opened, e.g. "
            f"`{shown(sample.unreadable[0])}`; paths are seen from the table's directory"
        )
