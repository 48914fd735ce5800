"""Git, and the repositories of users."""

from keras_scaffold.git.commands import (
    NO_PROGRAMS,
    check_version,
    ignored_paths,
    run_git,
    start_repository,
    top_around,
    try_git,
)
from keras_scaffold.git.entries import (
    BASE,
    OURS,
    SUBMODULE,
    THEIRS,
    UPDATE_INDEX,
    Change,
    Entries,
    MergedTree,
    Stage,
    as_changes,
    as_stages,
    blob,
    index_info,
    numbers_of,
    removal,
)
from keras_scaffold.git.fast_import import Edit
from keras_scaffold.git.files import (
    EXECUTABLE,
    LINK,
    REGULAR,
    File,
    Snapshot,
    above,
    has_markers,
    lies_at,
    link_above,
    marked_files,
    marked_generated,
    read_directory,
    read_file,
    write_directory,
)
from keras_scaffold.git.obstacles import (
    few,
    find_obstacles,
    git_command,
    repository_within,
    undo_command,
    without_projects,
)
from keras_scaffold.git.quarantine import TEMPLATE, YOURS, Quarantine
from keras_scaffold.git.repository import Repository
from keras_scaffold.git.status import in_the_way, present_entries, unclean
