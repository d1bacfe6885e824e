"""Rows are a matter of seed, number and time alone: not of the process that makes them, nor of what it has made before."""

import hashlib
from dataclasses import replace

import pytest

from autonax_support.generating.chunks import Maker, Work, copy_lines
from autonax_support.generating.scribe import COLUMNS
from autonax_support.generating.world import DepartmentStaff, OfficeStaff, Person, Plan, World

CLERKS = [Person(number, f"کاربر {number}") for number in range(1, 10)]
EXPERTS = [Person(number, f"کارشناس {number}") for number in range(20, 24)]
WORLD = World([OfficeStaff(1, "8100010001", CLERKS[:3]), OfficeStaff(2, "8100020001", CLERKS[3:])], [DepartmentStaff(5, "آموزش", EXPERTS)])
PLAN = Plan(1150, 7, 1_785_000_000)
WORK = Work(PLAN, WORLD, dict.fromkeys(COLUMNS, ()), as_copy=False)


def fingerprint(made: tuple) -> str:
    return hashlib.sha256(repr(made).encode()).hexdigest()


@pytest.fixture(scope="module")
def second_chunk():
    return Maker(WORK).make(1)


def test_the_same_seed_gives_the_same_rows_whatever_was_made_before(second_chunk):
    maker = Maker(WORK)
    maker.make(0)
    assert fingerprint(maker.make(1)) == fingerprint(second_chunk)


def test_another_seed_gives_other_rows(second_chunk):
    other = Maker(replace(WORK, plan=replace(PLAN, seed=8)))
    assert fingerprint(other.make(1)) != fingerprint(second_chunk)


def test_numbers_and_ids_follow_those_of_the_chunk_before(second_chunk):
    count, rows = second_chunk
    assert [row[0] for row in rows["ticket"]] == list(range(PLAN.first_number + 1000, PLAN.first_number + 1150))
    assert [row[0] for row in rows["message"]] == list(range(4001, 4001 + len(rows["message"])))
    assert count == 150


def test_every_row_has_all_its_columns(second_chunk):
    assert {table: {len(row) for row in rows} for table, rows in second_chunk[1].items()} == {
        table: {len(columns)} for table, columns in COLUMNS.items()
    }


def test_a_line_of_copy_holds_one_row():
    lines = copy_lines([(1, None, "یک\nدو"), (2, "", "x")], (None, False, "{}"))
    assert lines.decode() == "1\t\\N\tیک\\nدو\t\\N\t0\t{}\n2\t\tx\t\\N\t0\t{}\n"
