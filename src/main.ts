// The command `hms-gateway` (src/cli/program.ts), as the repository's npm scripts and the package's bin run it. The rest of the
// program is loaded once the compile cache is on.
import './compile-cache.js';

const { runProgram } = await import('./cli/program.ts');
process.exitCode = await runProgram(process.argv.slice(2));
