pip install --quiet tabulate
