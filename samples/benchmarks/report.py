#!/usr/bin/env python3
"""Writes the figures of JMH, and of CPython beside them, into docs/performance.md and docs/performance.svg.

    report.py --jdk 17=jmh-17.json --jdk 25=jmh-25.json --cpython cpython.json

The files come from `run ... -prof gc -rf json -rff <file>` and from the programs in src/main/python. Between the two markers of the page,
each benchmark class gets a table; the picture shows the newest JDK. Needs Python 3.8 or newer, and nothing else.
"""

import argparse
import json
import math
import pathlib
import re
import xml.sax.saxutils

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"
BEGIN, END = "<!-- begin figures: written by samples/benchmarks/report.py -->", "<!-- end figures -->"
PEER = re.compile(r"^(kotlin|plain|reactor|rx|virtualThread|java|executor)", re.IGNORECASE)
ALLOCATED = "gc.alloc.rate.norm"
UNITS = {"ns/op": 1, "us/op": 1e3, "ms/op": 1e6, "s/op": 1e9}


class Figure:
    """One benchmark with its parameters: its time with the error, and what it allocates."""

    def __init__(self, result):
        self.group, self.method = result["benchmark"].split(".")[-2:]
        params = "".join(f" {key}={value}" for key, value in sorted(result.get("params", {}).items()))
        self.label = self.method + params
        metric = result["primaryMetric"]
        self.nanos = metric["score"] * UNITS[metric["scoreUnit"]]
        error = metric["scoreError"]
        self.error = float(error) * UNITS[metric["scoreUnit"]] if error != "NaN" else 0
        allocated = result.get("secondaryMetrics", {}).get(ALLOCATED)
        self.bytes = None if allocated is None else allocated["score"]

    @property
    def name(self):
        return f"{self.group}.{self.label}"


def read(path):
    return {figure.name: figure for figure in map(Figure, json.loads(pathlib.Path(path).read_text()))}


def digits(value):
    return f"{value:,.0f}" if value >= 20 else f"{value:.1f}"


def cell(figure):
    if figure is None:
        return ""
    return digits(figure.nanos) + (f" ± {digits(figure.error)}" if figure.error else "")


def tables(jdks, cpython):
    newest = jdks[max(jdks)]
    groups = {}
    for name, figure in newest.items():
        groups.setdefault(figure.group, []).append(name)
    lines = []
    for group in sorted(groups):
        python = any(name in cpython for name in groups[group])
        head = [f"`{group}`"] + [f"JDK {jdk}, ns" for jdk in sorted(jdks)] + ["allocated, B"] + ["CPython 3.13, ns"] * python
        lines += ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
        for name in groups[group]:
            allocated = newest[name].bytes
            row = [f"`{newest[name].label}`"]
            row += [cell(jdks[jdk].get(name)) for jdk in sorted(jdks)]
            row += ["" if allocated is None else f"{allocated:,.0f}"]
            row += [digits(cpython[name]) if name in cpython else ""] * python
            lines.append("| " + " | ".join(row) + " |")
        lines.append("")
    return "\n".join(lines)


def picture(figures, cpython):
    """Bars on a scale where each line to the right is ten times as long."""
    left, width, row, gap = 330, 520, 15, 8
    bars = []
    for group in sorted({figure.group for figure in figures.values()}):
        bars.append((group, None, None))
        for figure in figures.values():
            if figure.group == group:
                bars.append((figure.label, figure.nanos, "#e08a1e" if PEER.match(figure.method) else "#2a6fb0"))
                if figure.name in cpython:
                    bars.append((figure.label + ", CPython", cpython[figure.name], "#8a8a8a"))
    longest = max(nanos for _, nanos, _ in bars if nanos)
    decades = math.ceil(math.log10(longest))
    scale = width / decades
    body, y = [], 40
    for label, nanos, colour in bars:
        text = xml.sax.saxutils.escape(label)
        if nanos is None:
            y += gap
            body.append(f'<text x="{left - 8}" y="{y + 11}" text-anchor="end" font-weight="bold">{text}</text>')
        else:
            length = max(1, math.log10(max(nanos, 1)) * scale)
            body.append(f'<text x="{left - 8}" y="{y + 11}" text-anchor="end">{text}</text>')
            body.append(f'<rect x="{left}" y="{y + 2}" width="{length:.1f}" height="{row - 4}" fill="{colour}"/>')
            body.append(f'<text x="{left + length + 4:.1f}" y="{y + 11}">{digits(nanos)}</text>')
        y += row
    grid = []
    for decade in range(decades + 1):
        x = left + decade * scale
        grid.append(f'<line x1="{x:.1f}" y1="34" x2="{x:.1f}" y2="{y}" stroke="#ddd"/>')
        grid.append(f'<text x="{x:.1f}" y="28" text-anchor="middle">{10 ** decade:,}</text>')
    legend = '<text x="8" y="14">ns; blue: Corobridge, orange: its peer in the same run, grey: CPython 3.13</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 80}" height="{y + 10}" '
        'font-family="sans-serif" font-size="11">\n<rect width="100%" height="100%" fill="white"/>\n'
        + "\n".join([legend] + grid + body)
        + "\n</svg>\n"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jdk", action="append", required=True, metavar="VERSION=FILE")
    parser.add_argument("--cpython", action="append", default=[], metavar="FILE")
    arguments = parser.parse_args()
    jdks = {int(version): read(path) for version, path in (each.split("=", 1) for each in arguments.jdk)}
    cpython = {}
    for path in arguments.cpython:
        cpython.update(json.loads(pathlib.Path(path).read_text()))
    page = DOCS / "performance.md"
    before, rest = page.read_text().split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n\n{tables(jdks, cpython)}\n{END}{after}")
    (DOCS / "performance.svg").write_text(picture(jdks[max(jdks)], cpython))


if __name__ == "__main__":
    main()
