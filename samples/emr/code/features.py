"""Computes features of visitors: spark-submit features.py --visits URI --day YYYY-MM-DD --output URI

Reads Parquet files with the columns visitor, time, page, seconds and bought (0 or 1), and writes CSV for the built-in
XGBoost algorithm: no header, the label first. The label is whether the visitor came on the day; the features are from
the four weeks before.
"""
import argparse
from datetime import date, timedelta

WEEKS = 4
FEATURES = ["visits", "pages", "seconds", "purchases", "days_since_last"]


def parse(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", required=True)
    parser.add_argument("--day", type=date.fromisoformat, required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--validation-share", type=float, default=0.2)
    return parser.parse_args(arguments)


def features_of(visits, day):
    """Makes one row for each visitor of the weeks before: the label, then the features."""
    from pyspark.sql import functions as f

    before = visits.where((visits.date >= day - timedelta(weeks=WEEKS)) & (visits.date < day))
    came = visits.where(visits.date == day).select("visitor").distinct().withColumn("label", f.lit(1))
    rows = before.groupBy("visitor").agg(
        f.count("*").alias("visits"),
        f.countDistinct("page").alias("pages"),
        f.sum("seconds").alias("seconds"),
        f.sum("bought").alias("purchases"),
        f.min(f.datediff(f.lit(day), "date")).alias("days_since_last"),
    )
    return rows.join(came, "visitor", "left").fillna(0)


def main():
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as f

    arguments = parse()
    spark = SparkSession.builder.appName("visitor-features").getOrCreate()
    visits = spark.read.parquet(arguments.visits).withColumn("date", f.to_date("time"))
    rows = features_of(visits, arguments.day)
    # Decided by a hash of the visitor, so that each is in the same part in every run.
    is_validation = f.pmod(f.xxhash64("visitor"), f.lit(1000)) < int(1000 * arguments.validation_share)
    for name, part in {"train": rows.where(~is_validation), "validation": rows.where(is_validation)}.items():
        part.select("label", *FEATURES).write.mode("overwrite").csv(f"{arguments.output}/{name}")
    spark.stop()


if __name__ == "__main__":
    main()
