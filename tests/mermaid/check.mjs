// Lets Mermaid parse the drawings of all programs of the samples and of tests/graph, and one that it must refuse. TAP.
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

/** The message with which Mermaid refuses a text, or null. */
async function refusal(text) {
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
        const reason = drawn.status === 0 ? await refusal(drawn.stdout) : drawn.stderr;
        ok(reason === null, relative(source, path), reason);
    }
}
const wrong = await refusal('flowchart TD\n    s1["a "quoted" word"]\n');
ok(/^(Parse|Lexical) error/.test(wrong), "Mermaid refuses what is wrong", wrong);
console.log(`1..${count}`);
