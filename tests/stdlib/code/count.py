"""Counts the lines of a text with Spark."""
import sys

from pyspark.sql import SparkSession

session = SparkSession.builder.appName("count").getOrCreate()
print(session.read.text(sys.argv[1]).count())
