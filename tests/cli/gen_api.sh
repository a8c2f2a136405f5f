# Tests the declarations that tools/gen-api generates from a model. Needs no botocore.
cat >test.py <<'EOF'
import importlib.machinery
import importlib.util
import os

path = os.environ["SRCDIR"] + "/tools/gen-api"
loader = importlib.machinery.SourceFileLoader("gen_api", path)
gen_api = importlib.util.module_from_spec(importlib.util.spec_from_loader("gen_api", loader))
loader.exec_module(gen_api)

MODEL = {"shapes": {
    "Request": {"type": "structure", "required": ["name"], "members": {
        "name": {"shape": "Name"}, "tags": {"shape": "TagList"}, "settings": {"shape": "Settings"},
        "when": {"shape": "When"}, "source": {"shape": "Source"}, "mode": {"shape": "Mode"}}},
    "Name": {"type": "string", "min": 0, "max": 63, "pattern": "[a-z\\-]${1,63}"},
    "TagList": {"type": "list", "member": {"shape": "Tag"}, "min": 0, "max": 50},
    "Tag": {"type": "structure", "members": {"Key": {"shape": "Text"}}},
    "Text": {"type": "string", "pattern": "[\\s\\S]*"},
    "Settings": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Rate"}, "max": 9},
    "Rate": {"type": "double", "min": 0, "max": 1e-07},
    "When": {"type": "timestamp"},
    "Source": {"type": "structure", "union": True, "members": {
        "s3": {"shape": "Text"}, "number": {"shape": "Number"}, "again": {"shape": "Source"}}},
    "Number": {"type": "long"},
    "Mode": {"type": "string", "enum": ["on", "o\"ff"]},
    "Unused": {"type": "structure", "members": {}},
}}
EXPECTED = r'''enum Mode { "on", "o\"ff" }
type Name = String(max: 63, pattern: "[a-z\\-]$")
type Rate = Float(min: 0, max: 0.0000001)
shape Request {
    Name: Name
    Tags?: List<Tag by Key>(max: 50)
    Settings?: Map<Rate>(max: 9)
    When?: Timestamp
    Source?: Source
    Mode?: Mode
}
shape Source {
    S3?: String
    Number?: Integer
    Again?: Source
    require exactly one of S3, Number, Again
}
shape Tag { Key?: String }
'''

service = gen_api.Service("fake", "Fake", "", "Request", pascal_case=True)
writer = gen_api.Writer(service, MODEL)
declarations = (writer.declaration(name) for name in sorted(writer.reachable()))
got = "".join(d for d in declarations if d)
assert got == EXPECTED, got
assert gen_api.quote("a${1}") == r'"a\${1}"'
assert gen_api.pattern_text(r"[\u0020-\uD7FF\uD800\uDC00-\uDBFF\uDFFF]") == r"[\x{0020}-\x{D7FF}\x{10000}-\x{10FFFF}]"
assert gen_api.pattern_text("[\x01-\xff]") is None
assert gen_api.enumeration("XInstanceType", ["a"]) == 'enum XInstanceType { "a", ... }\n'
wide = gen_api.enumeration("Wide", ["value-%d" % n for n in range(40)])
assert wide.startswith("enum Wide {\n") and wide.endswith("\n}\n") and max(map(len, wide.split("\n"))) <= 110
EOF
PYTHONDONTWRITEBYTECODE=1 python3 test.py
