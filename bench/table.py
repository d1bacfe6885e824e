"""The figures as tables for a terminal."""

HEAD = (
    f"{'page':<28}{'p50':>8}{'p95':>8}{'p99':>8}{'req/s':>8} |{'p50':>8}{'p95':>8}{'p99':>8}{'req/s':>8} |"
    f"{'app':>7}{'db':>7}{'sum':>7}{'×floor':>8} |{'SQL':>4}{'kB':>7}{'gzip':>6}"
)
GROUPS = f"{'':<28}{'one at a time, ms':^32} |{'eight at a time, ms':^32} |{'CPU ms per request':^29} |"


def of_one_size(size: int, pages: dict[str, dict]) -> str:
    lines = [f"\n{size:,} tickets", GROUPS, HEAD, "-" * len(HEAD)]
    return "\n".join([*lines, *(_line(name, page) for name, page in pages.items())])


def of_sizes(results: dict[int, dict[str, dict]]) -> str:
    """p50 of each page, the last size against the first: as it is, and in plain pages asked for at the same moment."""
    first, last = min(results), max(results)
    lines = [
        f"\n{last:,} against {first:,} tickets, one at a time",
        f"{'page':<28}{'p50':>8}{'p50':>8}{'ratio':>8}{'×floor':>9}{'×floor':>8}{'ratio':>8}",
    ]
    for name, page in results[first].items():
        other = results[last].get(name)
        if other:
            was, is_now = page["at_1"], other["at_1"]
            line = f"{name:<28}{was['p50']:>8.1f}{is_now['p50']:>8.1f}{is_now['p50'] / was['p50']:>8.2f}"
            if "times" in was:
                line += f"{was['times']:>9.2f}{is_now['times']:>8.2f}{is_now['times'] / was['times']:>8.2f}"
            lines.append(line)
    return "\n".join(lines)


def _line(name: str, page: dict) -> str:
    one, eight = page["at_1"], page["at_8"]
    times = " |".join(f"{run['p50']:>8.1f}{run['p95']:>8.1f}{run['p99']:>8.1f}{run['per_second']:>8.0f}" for run in (one, eight))
    ratio = f"{one['cost']:.2f}" if "cost" in one else ""
    spent = f"{one['cpu_app']:>7.1f}{one['cpu_db']:>7.1f}{one['cpu_app'] + one['cpu_db']:>7.1f}{ratio:>8}"
    weight = f"{page.get('queries', ''):>4}{one['plain'] / 1000:>7.1f}{one['gzip'] / 1000:>6.1f}"
    wrong = f"  ! {page['wrong'][0]}" if page["wrong"] else ""
    return f"{name:<28}{times} |{spent} |{weight}{wrong}"
