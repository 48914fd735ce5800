"""A network drawn as SVG: lego bricks, with the shapes between them."""

from keras_scaffold.pictures.svg import draw_svg, write_svg
