// Writes docs/coverage.md, which operation of the REST API is served by which field of the graph.
// A test compares the file, so that this needs no check of its own.
import { writeFile } from 'node:fs/promises';
import { printCoverage } from '../test/coverage/print.ts';

await writeFile(new URL('../docs/coverage.md', import.meta.url), printCoverage());
