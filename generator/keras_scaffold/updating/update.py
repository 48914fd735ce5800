"""`scaffold update`: base, yours and a new render, merged by git, proved, put into place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
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
from keras_scaffold.git.publishing import put_into_place, refuse_to_overwrite
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
        merged = self._merge(generation)
        changes = self._compare(merged)
        left_alone = self._left_alone(merged.sides, changes)
        proof = None
        if self.smoke and changes and not merged.conflicts:
            proof = self._prove(self.smoke, merged.tree)
            if proof.crash and may_turn_off(self.plan.answers, self.plan.template):
                return self._without_onednn(proof.crash)
        updated = self._updated(merged, changes, left_alone, proof)
        if updated.published:
            self.tell(LAST_STEP)
            self._quarantine.hand_over()
            put_into_place(self._repository, changes, merged.stages, left_alone)
        secret, dry_run = self.plan.answers.secret, self.wishes.dry_run
        if secret and (updated.published or not (changes or dry_run)):
            keep_secrets(updated.project, secret)
        return updated

    @property
    def _repository(self) -> Repository:
        return self.plan.project.repository

    @cached_property
    def _quarantine(self) -> Quarantine:
        return Quarantine(self.temporary / "objects.git", self._repository)

    def _generate(self) -> Generation:
        """What is generated now; what was is made now as well where there is no telling it."""
        plan, base = self.plan, self.plan.base
        if base is None:
            directory = self.temporary / "base"
            render(plan.template, plan.adopted, directory, origin=plan.project.origin)
            base = read_directory(directory)
        directory, yours = self.temporary / "new", self._repository.entries
        return generate_anew(
            plan.project, plan.template, plan.answers, base, yours, directory
        )

    def _merge(self, generation: Generation) -> MergeResult:
        """Merge what was generated, what the user has, and what is generated now."""
        base, new, restyling = generation.base, generation.new, generation.restyling
        yours = self._repository.entries
        cleaning = Cleaning(self._quarantine, yours)
        stored, now = cleaning.cleaned(base, new)
        stored = restyling.in_step(stored, now, self._quarantine)
        sides = align(self._quarantine, stored, now, yours)
        if not self.plan.staged:
            refuse_marked(self._repository, generation.paths, sides)
        sides = cleaning.alike_ends(sides)
        kept = keeping(new, generation.formatter)
        if ATTRIBUTES_FILE in yours:  # it may have been edited
            del kept[ATTRIBUTES_FILE]
        if answers := self.plan.project.rewritten_answers(base, new):
            kept[ANSWERS_FILE] = answers
        merged = merge_sides(self._quarantine, sides, kept, restyling)
        cleaning.refuse_missing(sides, merged.conflicts)
        return merged

    def _compare(self, merged: MergeResult) -> list[Change]:
        """What the update changes; nothing where it is staged already.

        Raises InputError where something else is staged, or lies in the way.
        """
        changes: list[Change] = []
        if not self.plan.staged:
            changes = self._quarantine.changes(self._repository.tree, merged.tree)
        elif self._staged(merged.sides) != merged.tree:
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
        answers, quarantine = self.plan.answers, self._quarantine
        python = choose_interpreter(self.wishes.python, self.plan.project.path)
        directory = quarantine.export(tree, self.temporary / "merged")
        edited = quarantine.changes(tree, TEMPLATE, *model_files(answers.package))
        subject = proof_subject(directory, answers, as_previewed=not edited)
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
        merged: MergeResult,
        changes: list[Change],
        left_alone: list[str],
        proof: Proof | None,
    ) -> Updated:
        """What is to be told of the update, and whether it is put into place."""
        repository, sides, dry_run = self._repository, merged.sides, self.wishes.dry_run
        project, before = repository.project, repository.entries.keys()
        strays = sorted({stage.path for stage in merged.stages} - before)
        good = self.wishes.force or proof is None or proof.works
        ignored = ignored_files(project, sides)
        return Updated(
            project,
            remarks=self._remarks(sides),
            changes=[change for change in changes if change.path not in OWN_FILES],
            kept=len(
                before
                - {change.path for change in changes}
                - sides.apart.keys()
                - OWN_FILES
            ),
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
            undo=undo_command(project, {*left_alone, *repository.submodules}, strays),
        )

    def _remarks(self, sides: Aligned) -> list[str]:
        answers, project = self.plan.answers, self._repository.project
        moved = package_remarks(answers, sides, proved=self.smoke is not None)
        return [*self.plan.remarks, *moved, *link_remarks(project, sides.left_deleted)]
