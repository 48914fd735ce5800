"""Changes put into a work tree and its index, whole or not at all.

`git read-tree -m -u` does not do. It compares files by the line ends that are forced here, so
that a fresh clone with `core.autocrlf` is refused; it refuses a repository in which anything
else is in conflict; and once it is killed midway, it can neither be finished nor taken back.
So each file is moved by a journal, which is gone through again, or undone, by the next call.
"""

from keras_scaffold.git.publishing.journal import refuse_to_overwrite
from keras_scaffold.git.publishing.mover import at_work
from keras_scaffold.git.publishing.transaction import (
    put_into_place,
    recover,
)
