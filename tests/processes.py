"""Real `hmic` processes for tests: started, watched line by line, killed or stopped."""

from __future__ import annotations

import signal
import subprocess
import sysconfig
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HMIC = Path(sysconfig.get_path("scripts"), "hmic")


class Process:
    """One running `hmic`. `output` and `errors` are the lines it has written so far."""

    def __init__(self, *arguments: str, folder: Path, settings: Mapping[str, str]) -> None:
        self._popen = subprocess.Popen(
            [str(HMIC), *arguments],
            cwd=folder,
            env={"PATH": "/usr/bin:/bin", "HOME": str(folder), **settings},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.output: list[str] = []
        self.errors: list[str] = []
        self._readers = [self._follow(self._popen.stdout, self.output), self._follow(self._popen.stderr, self.errors)]

    def wait_for_line(self, words: str) -> str:
        """The first line, on either stream, that holds these words."""
        wait_for(lambda: self._lines_with(words) or self._popen.poll() is not None)
        assert self._lines_with(words), f"ended without saying “{words}”: {self.output} {self.errors}"
        return self._lines_with(words)[0]

    def kill(self) -> None:
        """SIGKILL, to a process that must still be running: else the test would prove nothing."""
        self._popen.send_signal(signal.SIGKILL)
        assert self.ended() == -signal.SIGKILL, f"it had ended before it could be killed: {self.errors}"

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end, and give its exit status."""
        self._popen.send_signal(number)
        return self.ended()

    def ended(self) -> int:
        """Its exit status, once it has ended and all it wrote has been read."""
        status = self._popen.wait(timeout=20)
        for reader in self._readers:
            reader.join()
        return status

    def put_away(self) -> None:
        """Leave nothing running, whatever became of the test."""
        self._popen.kill()
        self.ended()

    def _lines_with(self, words: str) -> list[str]:
        return [line for line in [*self.output, *self.errors] if words in line]

    @staticmethod
    def _follow(stream: IO[str] | None, lines: list[str]) -> threading.Thread:
        assert stream is not None

        def read() -> None:
            with stream:
                lines.extend(line.rstrip("\n") for line in stream)

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        return reader


@contextmanager
def hmic(*arguments: str, folder: Path, settings: Mapping[str, str]) -> Iterator[Process]:
    """`hmic ARGUMENTS` in a folder, with these settings and no others; not left running after the block."""
    process = Process(*arguments, folder=folder, settings=settings)
    try:
        yield process
    finally:
        process.put_away()
