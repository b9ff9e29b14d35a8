// The file that `npm start` runs. The rest of the program is loaded once the compile cache is on.
import './compile-cache.js';

const { runCommand } = await import('./command.ts');
process.exitCode = await runCommand();
