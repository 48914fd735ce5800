"""`scaffold update`: base, yours and a new render, merged by git, proved, put into place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from keras_scaffold.answers import keep_secrets
from keras_scaffold.errors import InputError
from keras_scaffold.git import (
    TEMPLATE,
    Change,
    Edit,
    Quarantine,
    Repository,
    find_obstacles,
    read_directory,
    undo_command,
)
from keras_scaffold.git.publishing import publish_update, refuse_to_overwrite
from keras_scaffold.project_files import ANSWERS_FILE, ATTRIBUTES_FILE, OWN_FILES
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
from keras_scaffold.updating.generation import Generation, generate_anew
from keras_scaffold.updating.history import copies
from keras_scaffold.updating.merging import MergeResult, merge_sides, refuse_marked
from keras_scaffold.updating.pending import PendingUpdate, Wishes
from keras_scaffold.updating.updated import (
    Updated,
    ignored_files,
    link_remarks,
    package_remarks,
)

Tell = Callable[[str], None]


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
    with TemporaryDirectory(prefix="scaffold-") as name:
        return _Update(plan, wishes, smoke, tell, Path(name)).run()


@dataclass(frozen=True)
class _Update:
    """An update on its way: rendered, merged, proved, put into place."""

    plan: PendingUpdate
    wishes: Wishes
    smoke: Smoke | None
    tell: Tell
    temporary: Path

    def run(self) -> Updated:
        """Take every step; without oneDNN once more where that alone is what fails."""
        self.tell("rendering and formatting")
        generation = self._generate()
        self.tell("merging")
        sides, merged = self._merge(generation)
        changes = self._compare(sides, merged.tree)
        left_alone = self._left_alone(sides, changes)
        proof = None
        if self.smoke and changes and not merged.conflicts:
            proof = self._prove(self.smoke, merged.tree)
            if proof.crash and may_turn_off(self.plan.answers, self.plan.template):
                return self._without_onednn(proof.crash)
        updated = self._updated(sides, merged, changes, left_alone, proof)
        if updated.published:
            self.tell(LAST_STEP)
            publish_update(
                self._repository, self._quarantine, changes, merged.stages, left_alone
            )
        answers, dry_run = self.plan.answers, self.wishes.dry_run
        if answers.secret and (updated.published or not (changes or dry_run)):
            keep_secrets(updated.project, answers.secret)
        return updated

    @property
    def _repository(self) -> Repository:
        return self.plan.project.repository

    @cached_property
    def _quarantine(self) -> Quarantine:
        repository = self._repository
        return Quarantine(
            self.temporary / "objects.git",
            repository.objects,
            repository.object_format,
            {object_id for _, object_id in repository.entries.values()},
        )

    def _generate(self) -> Generation:
        """What is generated now; what was is made now as well where there is no telling it."""
        plan = self.plan
        base = plan.base
        if base is None:
            directory = self.temporary / "base"
            render(plan.template, plan.adopted, directory, origin=plan.project.origin)
            base = read_directory(directory)
        return generate_anew(
            plan.project,
            plan.template,
            plan.answers,
            base,
            self._repository.entries,
            self.temporary / "new",
        )

    def _merge(self, generation: Generation) -> tuple[Aligned, MergeResult]:
        """Merge what was generated, what the user has, and what is generated now."""
        repository, quarantine = self._repository, self._quarantine
        base, new, restyling = generation.base, generation.new, generation.restyling
        cleaning = Cleaning(repository, quarantine, repository.entries)
        stored, now = cleaning.cleaned(base, new)
        stored = restyling.in_step(stored, now, quarantine)
        sides = align(
            quarantine, stored, now, repository.entries, partial(copies, repository)
        )
        if not self.plan.staged:
            refuse_marked(self.plan.project.path, generation.paths, sides, repository)
        sides = cleaning.alike_ends(sides)
        kept = keeping(new, generation.formatter)
        if ATTRIBUTES_FILE in repository.entries:  # it may have been edited
            del kept[ATTRIBUTES_FILE]
        if own := self.plan.project.rewritten_answers(base, new):
            kept[ANSWERS_FILE] = own
        merged = merge_sides(repository, quarantine, sides, kept, restyling)
        cleaning.refuse_missing(sides, merged.conflicts)
        return sides, merged

    def _compare(self, sides: Aligned, tree: str) -> list[Change]:
        """What the update changes; nothing where it is staged already.

        Raises InputError where something else is staged, or lies in the way.
        """
        changes: list[Change] = []
        if not self.plan.staged:
            changes = self._quarantine.changes(self._repository.tree, tree)
        elif self._staged(sides) != tree:
            raise InputError(self.plan.staged)
        refuse_to_overwrite(self._repository, changes)
        return changes

    def _staged(self, sides: Aligned) -> str:
        """The tree of what is staged, with the projects within as they are committed."""
        below = tuple(f"{place}/" for place in sides.nested)
        kept = {
            path: entry for path, entry in sides.apart.items() if path.startswith(below)
        }
        staged = self._repository.index_entries(nested=sides.nested)
        return self._quarantine.edit(Edit({**staged, **kept}))

    def _left_alone(self, sides: Aligned, changes: list[Change]) -> list[str]:
        """The projects within that nothing changes; raises InputError for changes of another's."""
        left = untouched(sides.nested, {change.path for change in changes})
        if left != untouched(sides.nested, set()):
            problems, staged = find_obstacles(self._repository, left)
            if problems or staged:
                raise InputError(problems + staged)
        return left

    def _prove(self, smoke: Smoke, tree: str) -> Proof:
        """Run the smoke test on what the project is to be."""
        quarantine, repository, answers = (
            self._quarantine,
            self._repository,
            self.plan.answers,
        )
        python = choose_interpreter(self.wishes.python, self.plan.project.path)
        directory = quarantine.export(
            tree, repository.top, repository.prefix, self.temporary / "merged"
        )
        generated = all(
            quarantine.same_file(tree, TEMPLATE, path)
            for path in model_files(answers.package)
        )
        subject = proof_subject(directory, answers, as_previewed=generated)
        return smoke.prove(subject, self.tell, python)

    def _without_onednn(self, crash: str) -> Updated:
        """The same update for a project that turns oneDNN off."""
        answers = self.plan.answers
        plan = replace(self.plan, answers=answers.without_onednn())
        updated = update(plan, self.wishes, smoke=self.smoke, tell=self.tell)
        remarks = [turned_off(crash, answers.package)] if updated.works else []
        return replace(updated, remarks=[*updated.remarks, *remarks])

    def _updated(
        self,
        sides: Aligned,
        merged: MergeResult,
        changes: list[Change],
        left_alone: list[str],
        proof: Proof | None,
    ) -> Updated:
        """What is to be told of the update, and whether it is put into place."""
        plan, repository, dry_run = self.plan, self._repository, self.wishes.dry_run
        project, entries = plan.project.path, repository.entries
        ignored = ignored_files(project, sides)
        changed = {change.path for change in changes}
        strays = {stage.path for stage in merged.stages} - entries.keys()
        good = self.wishes.force or proof is None or proof.works
        return Updated(
            project,
            remarks=[
                *plan.remarks,
                *package_remarks(plan.answers, sides, proved=self.smoke is not None),
                *link_remarks(project, sides.left_deleted),
            ],
            changes=[change for change in changes if change.path not in OWN_FILES],
            kept=len(entries.keys() - sides.apart.keys() - changed - OWN_FILES),
            left_deleted={
                path: heirs
                for path, heirs in sides.left_deleted.items()
                if path not in ignored
            },
            ignored=ignored,
            renames=sides.renames,
            conflicts=merged.conflicts,
            tree=merged.tree,
            diff=self._quarantine.diff(repository.tree, merged.tree) if dry_run else "",
            proof=proof,
            published=bool(changes) and not dry_run and good,
            undo=undo_command(
                project, {*left_alone, *repository.submodules}, sorted(strays)
            ),
        )
