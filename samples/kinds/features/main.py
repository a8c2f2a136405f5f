"""Makes features from raw rows: the entry of this folder."""
import argparse
import pathlib

import pandas

from encoding import encode

FOLDER = pathlib.Path("/opt/ml/processing")

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--bins", type=int, default=10)
bins = parser.parse_args().bins

for path in sorted((FOLDER / "raw").glob("*.csv")):
    encode(pandas.read_csv(path), bins).to_csv(FOLDER / "features" / path.name, index=False)
