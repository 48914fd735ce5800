"""`scaffold update`: base, yours and a new render, merged by git, proved, put into place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from keras_scaffold.answers import keep_secrets
from keras_scaffold.errors import InputError
from keras_scaffold.git import (
    TEMPLATE,
    Change,
    Quarantine,
    Repository,
    Snapshot,
    find_obstacles,
    marked_generated,
    read_directory,
    undo_command,
)
from keras_scaffold.git.publishing import publish_update, refuse_to_overwrite
from keras_scaffold.project_files import (
    ANSWERS_FILE,
    ATTRIBUTES_FILE,
    OWN_FILES,
    projects_within,
)
from keras_scaffold.projects import (
    LAST_STEP,
    keeping,
    may_turn_off,
    proof_subject,
    render,
    turned_off,
)
from keras_scaffold.proof import Proof, Smoke, choose_interpreter, model_files
from keras_scaffold.updating.alignment import Aligned, align, untouched
from keras_scaffold.updating.cleaning import Cleaning
from keras_scaffold.updating.history import copies
from keras_scaffold.updating.merging import Conflict, merge_sides
from keras_scaffold.updating.moves import Heirs
from keras_scaffold.updating.pending import PendingUpdate, Wishes
from keras_scaffold.updating.project import Project
from keras_scaffold.updating.remarks import (
    ignored,
    left_deleted,
    told_of_links,
    told_of_package,
)
from keras_scaffold.updating.restyling import OLDER, Restyling
from keras_scaffold.updating.skipping import without_skipped

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Updated:
    """What an update did, or would do."""

    project: Path
    told: list[str]
    """What became of answers that the template no longer knows, and of oneDNN."""
    changes: list[Change]
    """The files that it changes, but the one that holds what was generated."""
    kept: int
    """How many files of the project's stay as they are."""
    left_deleted: Heirs
    """Files that its user deleted, and that stay so; with others that may be their heirs."""
    ignored: list[str]
    """Files that lie there, and git was never given; the template has changed them."""
    renames: dict[str, str]
    """What the base calls otherwise than the project, or will do."""
    conflicts: list[Conflict]
    tree: str
    """Git's name for the project's files after the update."""
    diff: str
    proof: Proof | None
    """What the smoke test saw; None if there was none."""
    published: bool
    undo: str
    """The command that undoes it; what is in the projects within stays as it is."""

    @property
    def works(self) -> bool:
        """Whether the smoke test was green, if there was one."""
        return self.proof is None or self.proof.works


def update(
    plan: PendingUpdate,
    wishes: Wishes,
    *,
    smoke: Smoke | None,
    tell: Tell = lambda step: None,
) -> Updated:
    """Bring a project to what the template makes of the answers, whole or not at all.

    A result whose smoke test is red is not put into place unless that is forced; where
    that is for oneDNN alone, it is made without it. Raises InputError where a file is in
    the way, TemplateError for a bad template; then nothing has changed either.
    """
    repository = plan.project.repository
    with TemporaryDirectory(prefix="scaffold-") as name:
        temporary = Path(name)
        tell("rendering and formatting")
        base = plan.base or _adopted(plan, temporary / "base")
        new, formatter, restyling = _generated(plan, base, temporary / "new")
        new = without_skipped(
            plan.template.skipped, base, new, repository.entries, plan.project.path
        )

        tell("merging")
        own_names = {name for _, name in repository.entries.values()}
        quarantine = Quarantine(
            temporary / "objects.git",
            repository.objects,
            repository.object_format,
            own_names,
        )
        cleaning = Cleaning(repository, quarantine, repository.entries)
        stored, now = cleaning.cleaned(base, new)
        stored = restyling.in_step(stored, now, quarantine, own_names)
        heirless = partial(copies, repository)
        sides = align(quarantine, stored, now, repository.entries, heirless)
        if not plan.staged:
            _refuse_marked(plan.project, {*base, *new}, sides.moved)
        sides = cleaning.alike_ends(sides)
        yours = _tree(quarantine, repository, sides)
        resolved = merge_sides(quarantine, sides, yours, restyling)
        cleaning.refuse_missing(sides, resolved.conflicts)
        kept = keeping(new, formatter)
        unchanged = sides.apart
        if ATTRIBUTES_FILE in repository.entries:  # it may have been edited
            del kept[ATTRIBUTES_FILE]
            unchanged = {**unchanged, ATTRIBUTES_FILE: repository.entries[ATTRIBUTES_FILE]}
        if own := plan.project.rewritten_answers(base, new):
            kept[ANSWERS_FILE] = own
            resolved = resolved.without(ANSWERS_FILE)
        tree = quarantine.edit(resolved.tree, kept, entries=unchanged)
        nested = projects_within({*base, *new}, repository.entries)
        if plan.staged and _staged(repository, quarantine, sides, nested) != tree:
            raise InputError(plan.staged)
        changes = [] if plan.staged else quarantine.changes(repository.tree, tree)
        refuse_to_overwrite(repository, changes)
        left_alone = _left_alone(repository, nested, changes)

        proof = None
        if smoke and changes and not resolved.conflicts:
            python = choose_interpreter(wishes.python, plan.project.path)
            directory = quarantine.export(
                tree, repository.top, repository.prefix, temporary / "merged"
            )
            model = model_files(plan.answers.package)
            generated = all(quarantine.same_file(tree, TEMPLATE, path) for path in model)
            proved = proof_subject(directory, plan.answers, as_previewed=generated)
            proof = smoke.prove(proved, tell, python)
            if proof.crash and may_turn_off(plan.answers, plan.template):
                return _without_onednn(plan, wishes, proof.crash, smoke, tell)
        strays = {stage.path for stage in resolved.stages} - repository.entries.keys()
        result = Updated(
            plan.project.path,
            plan.told
            + told_of_package(plan.answers, sides, proved=smoke is not None)
            + told_of_links(plan.project.path, sides),
            [change for change in changes if change.path not in OWN_FILES],
            _kept(repository, changes, sides),
            left_deleted(plan.project.path, sides),
            ignored(plan.project.path, sides),
            sides.renames,
            resolved.conflicts,
            tree,
            quarantine.diff(repository.tree, tree) if wishes.dry_run else "",
            proof,
            published=bool(changes)
            and not wishes.dry_run
            and (wishes.force or proof is None or proof.works),
            undo=undo_command(
                plan.project.path, {*left_alone, *repository.submodules}, sorted(strays)
            ),
        )
        if result.published:
            tell(LAST_STEP)
            publish_update(repository, quarantine, changes, resolved.stages, left_alone)
        if plan.answers.secret and (result.published or not (changes or wishes.dry_run)):
            keep_secrets(plan.project.path, plan.answers.secret)
        return result


def _generated(
    plan: PendingUpdate, base: Snapshot, directory: Path
) -> tuple[Snapshot, str, Restyling]:
    """What is generated now, in which format, and how files come to that."""
    known = {file.content for file in base.values()}
    last = plan.project.base_format.removesuffix(OLDER)
    made = render(
        plan.template,
        plan.answers,
        directory,
        choose=partial(plan.project.format_of, base),
        formatted={last: known} if plan.base else {},
    )
    rendered = read_directory(directory)
    restyling = plan.project.restyling(base, made)
    new = restyling.unchanged(base, rendered)
    return new, restyling.name(older=new != rendered), restyling


def _adopted(plan: PendingUpdate, directory: Path) -> Snapshot:
    """What the present answers make now, as if the project had been made so."""
    origin = plan.project.origin
    render(plan.template, plan.adopted, directory, origin=origin)
    return read_directory(directory)


def _refuse_marked(project: Project, made: set[str], moved: Mapping[str, str]) -> None:
    """Raise InputError for conflict markers that were committed in what is generated."""
    if found := marked_generated(project.path, made, moved, project.repository.entries):
        raise InputError(
            [
                f"`{path}` has unresolved conflict markers; resolve them and commit it"
                for path in found
            ]
        )


def _tree(quarantine: Quarantine, repository: Repository, sides: Aligned) -> str:
    """The tree of the user's files by the names that they are to have."""
    before, after = repository.entries, sides.yours
    moved = {path: after[path] for path in after.keys() - before.keys()}
    gone = before.keys() - after.keys() - OWN_FILES
    if not (moved or gone):
        return repository.tree
    return quarantine.edit(repository.tree, {}, gone, moved)


def _without_onednn(
    plan: PendingUpdate, wishes: Wishes, crash: str, smoke: Smoke, tell: Tell
) -> Updated:
    """The same update for a project that turns oneDNN off."""
    without = replace(plan, answers=plan.answers.without_onednn())
    updated = update(without, wishes, smoke=smoke, tell=tell)
    told = [turned_off(crash, plan.answers.package)] if updated.works else []
    return replace(updated, told=[*updated.told, *told])


def _staged(
    repository: Repository, quarantine: Quarantine, sides: Aligned, nested: set[str]
) -> str:
    """The tree of what is staged, with the projects within as they are committed."""
    staged = quarantine.tree(repository.staged(nested))
    below = tuple(f"{place}/" for place in nested)
    kept = {path: entry for path, entry in sides.apart.items() if path.startswith(below)}
    return quarantine.edit(staged, {}, entries=kept) if kept else staged


def _left_alone(
    repository: Repository, nested: set[str], changes: list[Change]
) -> list[str]:
    """The projects within that nothing changes; raises InputError for changes of another's."""
    left = untouched(nested, {change.path for change in changes})
    if left != untouched(nested, set()):
        problems, staged = find_obstacles(repository, left)
        if problems or staged:
            raise InputError(problems + staged)
    return left


def _kept(repository: Repository, changes: list[Change], sides: Aligned) -> int:
    """How many of the project's committed files stay as they are."""
    touched = {change.path for change in changes}
    return len(repository.entries.keys() - sides.apart.keys() - touched - OWN_FILES)
