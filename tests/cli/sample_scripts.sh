# The scripts of the samples are Python that compiles; their containers have 3.8 or later.
find "$SRCDIR/samples" -name '*.py' >scripts
test "$(wc -l <scripts)" -gt 10
python3 - <<'END_OF_PYTHON'
import ast

for path in map(str.strip, open("scripts")):
    with open(path, encoding="utf-8") as script:
        ast.parse(script.read(), path, feature_version=(3, 8))
END_OF_PYTHON
