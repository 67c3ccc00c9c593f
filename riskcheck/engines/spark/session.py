"""The Spark session that judges: beside the caller's own, if there is one, else beside a local one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from riskcheck.errors import Diagnostic, UsageError
from riskcheck.model.text import Text

FEW: Final = 2_000
"""So few projects are kept in one partition: to divide them would take longer than to judge them."""

_LOCAL: Final = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={Path(__file__).with_name('log4j2.xml').as_uri()}",
    "spark.sql.shuffle.partitions": str(os.cpu_count() or 1),
}
_ALWAYS: Final = {"spark.sql.ansi.enabled": "false"}
_FOR_FEW: Final = {"spark.sql.shuffle.partitions": "1", "spark.sql.adaptive.enabled": "false"}


def session_for(projects: int) -> Any:
    """A session for so many projects, whose settings and views are no one else's.

    It is of the Spark that the caller has a session of, else of one that is started here. Raises UsageError if none
    starts.
    """
    from pyspark.sql import SparkSession

    session = (SparkSession.getActiveSession() or _local()).newSession()
    for name, value in {**_ALWAYS, **(_FOR_FEW if projects < FEW else {})}.items():
        session.conf.set(name, value)
    return session


def _local() -> Any:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[*]").appName("riskcheck")
    for name, value in _LOCAL.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except Exception as error:
        raise failure(error) from error


def failure(error: Exception) -> UsageError:
    """That Spark cannot do what it is asked, as the user reads it."""
    why = (str(error).strip().splitlines() or [""])[0][:300]
    message = Text(f"Spark failed: {type(error).__name__}: {why}", f"Spark 运行失败：{type(error).__name__}：{why}")
    cure = Text("judge with another engine: --engine duckdb", "请改用其他引擎：--engine duckdb")
    return UsageError(Diagnostic("spark-failed", message, hints=(cure,)))
