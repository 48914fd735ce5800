"""The commands, one file each; they import what they need when they run."""

from keras_scaffold.terminal.commands.check import check
from keras_scaffold.terminal.commands.listings import bricks, presets
from keras_scaffold.terminal.commands.new import new
from keras_scaffold.terminal.commands.preview import preview
from keras_scaffold.terminal.commands.resolve import resolve
from keras_scaffold.terminal.commands.smoke import smoke
from keras_scaffold.terminal.commands.update import update
