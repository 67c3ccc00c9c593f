"""Run `check` and `inspect` on hostile files: `python -m tests.hostile.run FOLDER_OR_FILE…`.

Without files those that `made` makes are taken. Each run has 10 s of work and 1 GiB, and must give a result or a
refusal with cause and cure. What does not is named, and the exit code is 1.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.hostile.limited import ENDS, Run, amiss, run
from tests.hostile.made import hostile_files


def main(arguments: list[str]) -> int:
    """The exit code tells whether all went well."""
    with tempfile.TemporaryDirectory() as folder:
        given = [Path(each) for each in arguments]
        failed, ended = run_all(_files(given) if given else _made(Path(folder)))
    for line in failed:
        print(line)
    for each in sorted(ended, key=lambda each: -each.seconds)[:5]:
        print(f"{each.command} {each.file}: {each.seconds:.1f} s, {each.memory} MiB")
    slowest, largest = max(each.seconds for each in ended), max(each.memory for each in ended)
    print(f"{len(ended)} runs, {len(failed)} amiss; slowest {slowest:.1f} s, largest {largest} MiB")
    return 1 if failed else 0


def run_all(files: Iterable[Path]) -> tuple[list[str], list[Run]]:
    """Run both commands on each file; gives a line for each run that is amiss, and all runs."""
    failed, ended = [], []
    for file in files:
        for command in ENDS:
            ended.append(run(command, str(file)))
            wrong = amiss(ended[-1])
            if wrong:
                failed.append(f"{command} {file.name}: {wrong}")
    return failed, ended


def _files(given: list[Path]) -> Iterator[Path]:
    for each in given:
        yield from sorted(path for path in each.iterdir() if path.is_file()) if each.is_dir() else [each]


def _made(folder: Path) -> Iterator[Path]:
    """Each file is written when it is needed and removed behind it: some are large."""
    for name, data in hostile_files():
        path = folder / name
        path.write_bytes(data)
        yield path
        path.unlink()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
