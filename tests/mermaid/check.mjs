// Has Mermaid parse the drawings of all programs in samples and tests/graph, and one that it must reject. Prints TAP.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { JSDOM } from "jsdom";

const dom = new JSDOM("<!DOCTYPE html>");
globalThis.window = dom.window;
globalThis.document = dom.window.document;
globalThis.Element = dom.window.Element;
const { default: mermaid } = await import("mermaid");

const source = process.argv[2];
let count = 0;

function ok(passed, name, reason) {
    console.log(`${passed ? "ok" : "not ok"} ${++count} - ${name}`);
    if (!passed) {
        console.log(String(reason).replace(/^/gm, "# "));
    }
}

/** Mermaid's error message for a text, or null. */
async function errorOf(text) {
    try {
        await mermaid.parse(text);
        return null;
    } catch (error) {
        return error.message;
    }
}

function* programs(folder) {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
            yield* programs(path);
        } else if (path.endsWith(".pipe") && /^pipeline /m.test(readFileSync(path, "utf8"))) {
            yield path;
        }
    }
}

/** The options of a program's first configuration. */
function optionsOf(path) {
    const file = join(source, "tests", relative(source, path).replace(/pipe$/, "args"));
    return existsSync(file) ? readFileSync(file, "utf8").split("\n")[0].split(" ").slice(1) : [];
}

for (const folder of ["samples", "tests/graph"]) {
    for (const path of programs(join(source, folder))) {
        const drawn = spawnSync(process.env.SAGEPIPEC, ["--graph", "--as", "mermaid", ...optionsOf(path), basename(path)],
            { cwd: dirname(path), encoding: "utf8", timeout: 1000 * (process.env.TEST_SECONDS ?? 120) });
        const reason = drawn.status === 0 ? await errorOf(drawn.stdout) : drawn.stderr;
        ok(reason === null, `Mermaid parses the drawing of ${relative(source, path)}`, reason);
    }
}
const wrong = await errorOf('flowchart TD\n    s1["a "quoted" word"]\n');
ok(/^(Parse|Lexical) error/.test(wrong), "Mermaid rejects a drawing with a syntax error", wrong);
console.log(`1..${count}`);
