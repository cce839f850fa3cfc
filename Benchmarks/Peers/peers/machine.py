"""Where and on what a comparison ran."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path


def describe() -> dict[str, str]:
    """The processor, its cores, the memory and the system, as /proc and /etc tell them."""
    processor = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = re.search(r"^MemTotal:\s*(\d+) kB$", Path("/proc/meminfo").read_text(), re.MULTILINE)
    system = re.search(r'^PRETTY_NAME="?(.*?)"?$', Path("/etc/os-release").read_text(), re.MULTILINE)
    return {
        "processor": processor[1] if processor else "unknown",
        "cores": str(os.cpu_count()),
        "memory": f"{int(memory[1]) / (1 << 20):.1f} GiB" if memory else "unknown",
        "system": system[1] if system else "unknown",
    }


def load() -> float:
    """The load average of the last minute."""
    return os.getloadavg()[0]


def commit(folder: Path) -> str:
    """The commit of the working tree, and whether files differ from it."""

    def git(*arguments: str) -> str:
        command = ["git", "--no-optional-locks", "-C", str(folder), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    try:
        changed = git("status", "--porcelain", "--untracked-files=no")
        return git("rev-parse", "--short=12", "HEAD") + (" with uncommitted changes" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
