"""Counts the words of text files with Spark: count_words.py FROM TO."""
import sys

from pyspark.sql import SparkSession
from pyspark.sql.functions import explode, split

source, target = sys.argv[1:]
session = SparkSession.builder.appName("count_words").getOrCreate()
words = session.read.text(source).select(explode(split("value", r"\s+")).alias("word"))
words.groupBy("word").count().write.mode("overwrite").csv(target)
