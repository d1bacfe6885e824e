"""How long threads are, where they end, and what is done in them one after the other."""

from random import Random

from autonax_support.generating.seeding import seeded, spread

CHUNK = 1000  # tickets that are made together: any thousand has the same lengths, so that message ids are known beforehand
LENGTHS = {1: 117, 2: 299, 3: 172, 4: 140, 5: 90, 6: 70, 7: 32, 8: 35, 10: 20, 15: 19, 30: 5, 200: 1}
LONGEST_AT = 7  # its place in the thousand, so that small databases have one too
MESSAGES = sum(length * count for length, count in LENGTHS.items())

OLD = {"closed": 96.5, "answered": 2, "in_development": 1, "followed_up": 0.5}
FRESH = {"closed": 50, "answered": 25, "followed_up": 17, "in_development": 8}
UNANSWERED = {"closed": 97, "read": 2, "new": 1}  # of threads with nothing but the filed message
UNANSWERED_FRESH = {"closed": 20, "read": 35, "new": 45}
LAST_VERB = {"followed_up": "reply"}


def lengths(seed: int, chunk: int) -> list[int]:
    """How many messages each ticket of this thousand has."""
    drawn = [length for length, count in LENGTHS.items() for _ in range(count)]
    seeded(seed, "lengths", chunk).shuffle(drawn)
    longest = drawn.index(max(drawn))
    drawn[LONGEST_AT], drawn[longest] = drawn[longest], drawn[LONGEST_AT]
    return drawn


def ending(rng: Random, length: int, is_fresh: bool) -> str:
    if length == 1:
        return spread(rng, UNANSWERED_FRESH if is_fresh else UNANSWERED)
    return spread(rng, FRESH if is_fresh else OLD)


def verbs(rng: Random, length: int, end: str) -> list[str]:
    """What brings the messages after the first."""
    done, waits = [], True
    for _ in range(length - 2):
        roll = rng.random()
        if roll < 0.06:
            verb = "note"
        elif roll < 0.09:
            verb = "transfer"
        elif roll < 0.18:
            verb = "answer" if done else "reply"
        else:
            verb = "answer" if waits else "reply"
        if verb in ("answer", "reply"):
            waits = verb == "reply"
        done.append(verb)
    return [*done, LAST_VERB.get(end, "answer")] if length > 1 else []


def pause(rng: Random) -> int:
    """Seconds until the next thing happens: five minutes to half a day."""
    return int(60 * 10 ** (0.7 + 2.1 * rng.random()))
