// The file that `npm start` runs. The rest of the program is loaded once the compile cache is on.
import './compile-cache.js';
import { holdYoungGeneration, releaseYoungGeneration } from './young-generation.ts';

holdYoungGeneration();
const { runCommand } = await import('./command.ts');
process.exitCode = await runCommand();
releaseYoungGeneration();
