"""Writes the parts of README.md and docs/ that are written from the code anew; run this file."""

from tests.pages import PAGES, rewritten

if __name__ == "__main__":
    for page in PAGES:
        page.write_text(rewritten(page.read_text(encoding="utf-8")), encoding="utf-8")
