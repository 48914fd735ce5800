"""The user's own images, looked at before a project is made for them."""

from keras_scaffold.answers.own_data.found import OWN_IMAGES, Found, look_at
