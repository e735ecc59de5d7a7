"""The wheel: built from the tree, installed elsewhere, it runs the demo; migrations and content travel inside."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run(*command: str, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def test_a_wheel_installed_elsewhere_runs_the_demo(tmp_path: Path) -> None:
    built, installed, elsewhere = (tmp_path / name for name in ("built", "installed", "elsewhere"))
    elsewhere.mkdir()
    run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(built), str(ROOT), cwd=elsewhere)
    (wheel,) = built.glob("peerbot-*.whl")

    names = zipfile.ZipFile(wheel).namelist()
    content = [path for path in (ROOT / "peerbot" / "content").rglob("*") if path.is_file()]
    assert content
    assert {str(path.relative_to(ROOT)) for path in content} <= set(names)
    assert any(name.startswith("peerbot/alembic/versions/") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "alembic/"))]

    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index")
    run(*pip, "--target", str(installed), str(wheel), cwd=elsewhere)
    where = run("-c", "import peerbot; print(peerbot.__file__)", cwd=elsewhere, PYTHONPATH=str(installed))
    said = run("-m", "peerbot", "demo", "--story", cwd=elsewhere, PYTHONPATH=str(installed))

    assert where.startswith(str(installed))
    assert "A day with peerbot" in said
