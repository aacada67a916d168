#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "matplotlib==3.11.2",
#     "pandas==3.1.1",
#     "seaborn==0.13.2",
# ]
# ///
"""Draws the results of `manifest-chaos perf`: four panels a file, as PNG and as SVG.

    python3 plot_results.py sweep_num_writers.csv num_writers "Number of writers"
    python3 plot_results.py                     # every known result in this folder

Also `uv run plot_results.py ...` and `pipx run plot_results.py ...`: the libraries are named above, and in
requirements.txt for pip. The same file gives the same bytes.
"""

import os
import sys
from pathlib import Path

# Without a display, whatever the user's settings are.
os.environ["MPLBACKEND"] = "Agg"

#: File, x column, title of every result that `perf all` writes.
KNOWN = [
    ("test_baseline.csv", "num_writers", "Baseline"),
    ("sweep_overlap.csv", "key_overlap_ratio", "Key overlap"),
    ("sweep_num_writers.csv", "num_writers", "Number of writers"),
    ("sweep_writer_tps.csv", "writer_rate", "Transactions per second and writer"),
    ("sweep_key_pool_size.csv", "key_pool_size", "Key pool size"),
]

#: Column, name in the legend: one panel each.
FAILURES = [("precondition_failure_rate", "precondition failures")]
THROUGHPUT = [("write_tps", "writes"), ("read_tps", "reads")]
WRITES = [("write_p50_ms", "p50"), ("write_p95_ms", "p95"), ("write_p99_ms", "p99")]
PRECOND = [("precond_p50_ms", "p50"), ("precond_p99_ms", "p99")]
PANELS = [
    ("Precondition failure rate", "share of attempts", FAILURES),
    ("Throughput", "answered ok, 1/s", THROUGHPUT),
    ("Write latency, from intended start", "ms", WRITES),
    ("Latency of failed preconditions", "ms", PRECOND),
]

X_LABELS = {
    "num_writers": "writers",
    "key_overlap_ratio": "share of keys from the common pool",
    "writer_rate": "intended transactions per writer, 1/s",
    "key_pool_size": "keys in each pool",
}

MARKERS = ["o", "s", "^"]

#: A panel gets a logarithmic scale when its largest value is so many times its smallest.
LOG_FROM = 20


class PlotError(Exception):
    """What is wrong, in one line for whoever typed the command."""


def load(path, x_column):
    """The rows of a result, sorted by the x column. Raises PlotError."""
    import pandas as pd

    try:
        rows = pd.read_csv(path)
    except FileNotFoundError:
        raise PlotError(f"{path}: there is no such file") from None
    except pd.errors.EmptyDataError:
        raise PlotError(f"{path}: the file is empty") from None
    except (pd.errors.ParserError, UnicodeDecodeError, OSError) as error:
        raise PlotError(f"{path}: not a CSV file ({str(error).splitlines()[0]})") from None
    needed = [x_column] + [column for _, _, series in PANELS for column, _ in series]
    missing = [column for column in needed if column not in rows.columns]
    if missing:
        raise PlotError(f"{path}: there is no column {', '.join(missing)}")
    if rows.empty:
        raise PlotError(f"{path}: there are no rows, no point has been finished")
    if "target" in rows.columns and rows["target"].nunique() > 1:
        raise PlotError(f"{path}: it holds several targets, and a picture is of one")
    for column in needed:
        numbers = pd.to_numeric(rows[column], errors="coerce")
        if numbers.isna().sum() > rows[column].isna().sum():
            raise PlotError(f"{path}: column {column} holds something that is no number")
        rows[column] = numbers
    return rows.sort_values(x_column, kind="stable")


def clock_of(rows):
    """How the time of these rows was measured, for the title."""
    clocks = sorted(set(rows["clock"].astype(str))) if "clock" in rows.columns else []
    models = sorted(set(rows["latency_model"].dropna().astype(str))) if "latency_model" in rows.columns else []
    if clocks == ["virtual"]:
        return f"virtual time, latency model {', '.join(models)}"
    if clocks == ["wall"]:
        return f"wall clock, {', '.join(sorted(set(rows['backend'].astype(str))))}"
    return "mixed clocks" if clocks else "clock unknown"


def draw(rows, x_column, title):
    """A figure with four panels. Repeated points are drawn as mean with an error bar of one standard deviation."""
    import matplotlib.pyplot as plt
    import seaborn as sns

    sns.set_theme(style="whitegrid", context="notebook", font="DejaVu Sans")
    colours = sns.color_palette("colorblind")
    figure, axes = plt.subplots(2, 2, figsize=(11, 7.5), layout="constrained")
    figure.suptitle(f"{title}\n({clock_of(rows)})", fontsize=13)
    for axis, (heading, unit, series) in zip(axes.flat, PANELS):
        panel(axis, rows, x_column, series, colours)
        axis.set_title(heading, fontsize=11)
        axis.set_xlabel(X_LABELS.get(x_column, x_column))
        axis.set_ylabel(unit)
        if len(series) > 1:
            axis.legend(frameon=True)
    return figure


def panel(axis, rows, x_column, series, colours):
    values = rows[[column for column, _ in series]].to_numpy().ravel()
    values = values[values == values]
    for i, (column, name) in enumerate(series):
        points = rows.groupby(x_column)[column].agg(["mean", "std", "count"]).dropna(subset=["mean"])
        error = points["std"].where(points["count"] > 1) if (points["count"] > 1).any() else None
        axis.errorbar(
            points.index,
            points["mean"],
            yerr=error,
            label=name,
            color=colours[i],
            marker=MARKERS[i],
            markersize=6,
            linewidth=1.8,
            capsize=3,
        )
    if series is FAILURES:
        axis.set_ylim(-0.02, 1.02)
    elif values.size and values.min() > 0 and values.max() / values.min() >= LOG_FROM:
        axis.set_yscale("log")
    else:
        axis.set_ylim(bottom=0)
    if not values.size:
        axis.text(0.5, 0.5, "none measured", transform=axis.transAxes, ha="center", va="center", color="0.4")
    scale_x(axis, sorted(set(rows[x_column])))


def scale_x(axis, xs):
    """All four panels have the same range, and every point has its tick; a logarithmic axis where the points spread so."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

    if len(xs) > 1 and xs[0] > 0 and xs[-1] / xs[0] >= 8:
        axis.set_xscale("log")
        axis.xaxis.set_minor_locator(NullLocator())
        axis.set_xlim(xs[0] / 1.2, xs[-1] * 1.2)
    else:
        margin = (xs[-1] - xs[0]) / 20 or 1
        axis.set_xlim(xs[0] - margin, xs[-1] + margin)
    axis.xaxis.set_major_locator(FixedLocator(xs))
    axis.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))


def save(figure, path):
    """Writes the PNG and the SVG beside the CSV file: the same bytes for the same figure."""
    import matplotlib.pyplot as plt

    stem = Path(path).with_suffix("")
    with plt.rc_context({"svg.hashsalt": "manifest-chaos", "svg.fonttype": "none"}):
        figure.savefig(f"{stem}.svg", metadata={"Date": None, "Creator": None})
    figure.savefig(f"{stem}.png", dpi=120, metadata={"Software": None})
    plt.close(figure)
    return [f"{stem}.png", f"{stem}.svg"]


def main(arguments):
    if arguments and len(arguments) != 3:
        raise PlotError('usage: plot_results.py [FILE.csv X_COLUMN "Title"]')
    wanted = [tuple(arguments)] if arguments else [known for known in KNOWN if Path(known[0]).exists()]
    if not wanted:
        raise PlotError("there are no results in this folder: manifest-chaos perf all makes them")
    for path, x_column, title in wanted:
        for picture in save(draw(load(path, x_column), x_column, title), path):
            print(picture)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except PlotError as error:
        sys.exit(f"plot_results.py: {error}")
    except ModuleNotFoundError as error:
        sys.exit(f"plot_results.py: {error.name} is not installed: pip install -r requirements.txt")
