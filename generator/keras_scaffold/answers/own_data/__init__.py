"""The user's own images, looked at before a project is made for them."""

from keras_scaffold.answers.own_data.found import Found
from keras_scaffold.answers.own_data.look import look_at
