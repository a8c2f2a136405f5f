// Brings what lies elsewhere in the project into the extension.
import { copyFileSync, mkdirSync } from "node:fs";

mkdirSync("syntaxes", { recursive: true });
copyFileSync("../textmate/pipe.tmLanguage.json", "syntaxes/pipe.tmLanguage.json");
copyFileSync("../../LICENSE", "LICENSE");
