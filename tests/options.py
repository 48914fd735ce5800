"""Options of the command that tests give without being about them."""

QUICK = ("--defaults", "--no-smoke")
QUICK_WITHOUT_GIT = (*QUICK, "--no-git")
