// Copies files that the extension needs from other folders of the project.
import { copyFileSync, mkdirSync } from "node:fs";

mkdirSync("syntaxes", { recursive: true });
copyFileSync("../textmate/pipe.tmLanguage.json", "syntaxes/pipe.tmLanguage.json");
copyFileSync("../../LICENSE", "LICENSE");
