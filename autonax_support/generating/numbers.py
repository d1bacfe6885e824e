"""Numbers as they stand in cases: national IDs with their check digit, tracking numbers, plates, mobiles."""

from random import Random

from autonax_support.generating.words import PLATE_LETTERS
from autonax_support.persian.identity import national_id_checks


def national_id(rng: Random) -> str:
    """Ten digits that pass the check, unless they are among the few that no check digit makes valid."""
    first = rng.randrange(10_000_000, 999_999_999)
    digits = f"{first:09}"
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11
    number = f"{digits}{rest if rest < 2 else 11 - rest}"
    return number if national_id_checks(number) else "8520342272"


def tracking_number(rng: Random) -> str:
    return f"9901{rng.randrange(10_000_000_00):010}"


def plate(rng: Random) -> str:
    two, letter, three, region = rng.randrange(11, 100), rng.choice(PLATE_LETTERS), rng.randrange(111, 1000), rng.randrange(10, 100)
    shape = rng.choice(("{} {} {} ایران {}", "{}{}{}-{}", "{} {} {} - {}"))
    return shape.format(two, letter, three, region)


def mobile(rng: Random) -> str:
    return f"09{rng.randrange(10**9):09}"


def any_number(rng: Random, kind: str) -> str:
    """What follows the words «پلاک», «کد ملی» and so on."""
    makers = {"پلاک": plate, "کد ملی": national_id, "شماره همراه": mobile}
    return makers.get(kind, tracking_number)(rng)
