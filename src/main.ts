// The entry point of the command `hms-gateway` (src/cli/program.ts), for the npm scripts of the repository and the bin of the
// package. It turns the compile cache on before it loads the rest of the program.
import './compile-cache.js';

const { runProgram } = await import('./cli/program.ts');
process.exitCode = await runProgram(process.argv.slice(2));
