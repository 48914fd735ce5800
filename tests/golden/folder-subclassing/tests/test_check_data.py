"""Tests of `check-data`."""

import json
import shutil

from PIL import Image

from folder_subclassing.cli import main
from folder_subclassing.folders import look_at
from folder_subclassing.model import CLASSES


def test_check_data(workspace, capsys):
    """Every image is read, and what spoils a training, or its figures, is told."""
    data = workspace / "data"
    Image.effect_noise((20, 20), 50).save(data / "class_0000" / "noise.jpg")
    shutil.copy(data / "class_0000" / "noise.jpg", data / "class_0000" / "again.png")
    shutil.copy(data / "class_0000" / "0.png", data / "class_0001" / "same.png")
    (data / "class_0000" / "raw.cr2").write_bytes(b"")
    broken = bytearray((data / "class_0001" / "1.png").read_bytes())
    broken[60:120] = bytes(60)
    (data / "class_0001" / "1.png").write_bytes(broken)

    codes = [main(["check-data"]), main(["check-data", "--json"])]

    text, _, told = capsys.readouterr().out.partition("{")
    report = json.loads("{" + told)
    assert codes == [2, 2]
    assert (workspace / "runs" / "data.png").exists()
    assert [*report["bad"]] == ["data/class_0001/1.png"]
    assert ["data/class_0000/0.png", "data/class_0001/same.png"] in map(sorted, report["leaks"])
    assert ["data/class_0000/again.png", "data/class_0000/noise.jpg"] in [
        sorted(paths) for paths in [*report["leaks"], *report["twice"]]
    ]
    assert report["renamed"] == {"data/class_0000/again.png": "JPEG"}
    assert report["others"] == {".cr2": 1}
    assert "  data/class_0001/1.png: it is damaged, or was cut short" in text.splitlines()
    (data / "class_0001" / "2.png").unlink()
    assert [*look_at("data").images.bad.values()] == ["it is damaged, or was cut short"]


def test_good_data(workspace, capsys):
    """Where nothing is wrong, that is said."""
    assert main(["check-data"]) == 0

    assert f"nothing is wrong with {10 * CLASSES} images" in capsys.readouterr().out


def test_home(workspace, monkeypatch, capsys):
    """`~` is the user's home where no shell has put that in its place, as in `--data=~/photos`."""
    monkeypatch.setenv("HOME", str(workspace))

    main(["check-data", "--data=~/data", "--json"])

    assert json.loads(capsys.readouterr().out)["data"] == str(workspace / "data")
