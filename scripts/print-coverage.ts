// Writes docs/coverage.md: each operation of the REST API with the fields of the graph that use it.
// Has no `--check`, because a test compares the file.
import { writeFile } from 'node:fs/promises';
import { printCoverage } from '../test/coverage/print.ts';

await writeFile(new URL('../docs/coverage.md', import.meta.url), printCoverage());
