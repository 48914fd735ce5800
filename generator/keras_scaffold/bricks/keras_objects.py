"""Keras' initializers, regularizers and constraints, as arguments of layers."""

from __future__ import annotations

from functools import cache

from keras_scaffold.bricks.keras_terms import KerasTerm, term
from keras_scaffold.bricks.notation import make
from keras_scaffold.bricks.syntax import Call
from keras_scaffold.errors import InputError, brief
from keras_scaffold.layers import Written, object_classes
from keras_scaffold.suggestions import did_you_mean, same


@cache
def _terms(module: str) -> dict[str, type[KerasTerm]]:
    classes = object_classes(f"keras.{module}.")
    return {word: term(found, KerasTerm) for word, found in classes.items()}


def object_words(module: str) -> list[str]:
    """The classes of one of Keras' modules."""
    return [*_terms(module)]


def made_object(call: Call, module: str) -> Written:
    """The object that a call makes, by its class or by Keras' other name for that.

    Raises InputError.
    """
    known = _terms(module)
    name = call.word.rpartition(".")[2]
    word = name if name in known else same(name, known)
    if word is None:
        raise InputError(
            f"there is no `{brief(name)}` in keras.{module}; {did_you_mean(name, known)}"
        )
    return make(known[word], call.values(), call.keywords()).made()
