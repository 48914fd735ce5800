"""Two branches that both updated a project, merged where git cannot."""

from keras_scaffold.updating.resolving.resolution import (
    Resolution,
    elsewhere,
    in_conflict,
    resolve_project,
)
