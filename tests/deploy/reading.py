"""What lies in deploy/, as its readers see it."""

from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy"


def unit(name: str) -> ConfigParser:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(DEPLOY / "systemd" / f"{name}.service")
    return parser


def command_of(name: str) -> list[str]:
    """What the unit starts, in this checkout."""
    return unit(name)["Service"]["ExecStart"].replace("/opt/autonax", str(ROOT)).split()
