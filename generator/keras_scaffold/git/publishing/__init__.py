"""Changes put into a work tree and its index, whole or not at all."""

from keras_scaffold.git.publishing.journal import refuse_to_overwrite
from keras_scaffold.git.publishing.mover import at_work
from keras_scaffold.git.publishing.transaction import (
    publish_update,
    put_into_place,
    recover,
)
