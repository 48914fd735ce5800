"""Writes into README.md and docs/ what is from the code: `python -m tests.write_pages`."""

from tests.pages import PAGES, rewritten

if __name__ == "__main__":
    for page in PAGES:
        page.write_text(rewritten(page.read_text(encoding="utf-8")), encoding="utf-8")
