"""Where the tests find the program and their data."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
SAMPLES = DATA / "samples"
VERSIONS = DATA / "versions"
