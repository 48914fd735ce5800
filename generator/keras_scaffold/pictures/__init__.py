"""A network drawn: as SVG, and as text."""

from keras_scaffold.pictures.svg import draw_svg, write_svg
from keras_scaffold.pictures.text import draw_text
