"""The engine `spark` on a local Spark: how long it takes to start, and what a million projects cost.

Usage: python -m benchmarks.spark [--projects 100000] [--cores 2]      (a checkout, with the extras spark and portfolio)

The forty rules and the tables of `benchmarks.engines`, as Parquet files in a folder that goes with the run. That all
outcomes agree with those of the engine `duckdb` is checked.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from benchmarks.engines import AS_OF, as_engine_reads, cel, make_data, own_rules, schema
from riskcheck.engines import duckdb as other
from riskcheck.engines import spark as engine
from riskcheck.engines.spark.dialect import PLAIN_PASS
from riskcheck.engines.spark.session import session_for
from riskcheck.engines.sql.tables import PROJECTS
from tests.engines.conformance import check_that


def main() -> None:
    """Run, and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--projects", type=int, default=100_000)
    asked.add_argument("--cores", type=int, default=2)
    options = asked.parse_args()
    tables = schema()
    checks = [check_that(text, tables) for text in cel(own_rules())]
    lowered = engine.lowered_for(checks, tables, AS_OF.toordinal())
    reads = lowered.query.tables
    names = [PROJECTS, *(reads.name(table) for table in reads.numbers if table != "project")]
    with TemporaryDirectory(prefix="riskcheck-") as folder, duckdb.connect(":memory:") as connection:
        make_data(connection, options.projects)
        as_engine_reads(connection, reads, tables)
        for name in names:
            connection.execute(f"COPY {name} TO '{Path(folder, name)}.parquet'")
        expected = other.run(connection, other.plan_of(checks, tables, AS_OF.toordinal()))
        session = started(options.cores, options.projects)
        for name in names:
            session.read.parquet(str(Path(folder, f"{name}.parquet"))).createOrReplaceTempView(name)
        for _ in range(2):
            start, spent = time.perf_counter(), processor_time(session)
            found = engine.run(session, lowered, options.projects)
            wall, spent = time.perf_counter() - start, processor_time(session) - spent
            print(
                f"{options.projects} projects, {len(checks)} rules: {wall:.1f} s, {spent:.1f} s of processors",
                flush=True,
            )
    differ = sum(
        code != given.get(number, PLAIN_PASS)
        for number, codes in enumerate(expected)
        for code, given in zip(codes, found, strict=True)
    )
    print(f"{differ} of {options.projects * len(checks)} outcomes differ from those of duckdb")


def processor_time(session: Any) -> float:
    """The processor time of Spark so far, in seconds."""
    spark = session.sparkContext._jvm.java.lang.management.ManagementFactory.getRuntimeMXBean().getName().split("@")[0]
    spent = Path("/proc", spark, "stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")


def started(cores: int, projects: int) -> Any:
    """A session on so many cores, and how long it took until its first answer."""
    from pyspark.sql import SparkSession

    start = time.perf_counter()
    local = SparkSession.builder.master(f"local[{cores}]").config("spark.ui.enabled", "false")
    local = local.config("spark.driver.host", "127.0.0.1").config("spark.driver.memory", "3g")
    local = local.config("spark.sql.shuffle.partitions", str(2 * cores)).config("spark.ui.showConsoleProgress", "false")
    local.getOrCreate()
    session = session_for(projects)
    session.range(10).count()
    print(f"started in {time.perf_counter() - start:.1f} s, {processor_time(session):.1f} s of processors", flush=True)
    return session


if __name__ == "__main__":
    main()
