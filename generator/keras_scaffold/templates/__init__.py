"""A template: found, opened, and asked for its questions."""

from keras_scaffold.templates.fetching import find_template, installed, open_template
from keras_scaffold.templates.template import QUESTIONS, Template
