"""That a project works: built, trained, saved and reloaded."""
