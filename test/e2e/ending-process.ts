// A process that ends as that of the gateway does (src/process-end.ts, src/log-stream.ts), without the gateway, so that it starts
// in a tenth of the time. Upon SIGUSR2 it does what its argument says, as source text. Run by process-end.test.ts.
import { pino, type Logger } from 'pino';
import { Secret } from '../../src/secret.ts';
import { logOptions } from '../../src/log.ts';
import { openLogStream } from '../../src/log-stream.ts';
import { endProcess } from '../../src/process-end.ts';
import { CANARY } from '../support/canary.ts';

const [how = ''] = process.argv.slice(2);
// As src/cli/start.ts does. Node then makes a pipe non-blocking; a blocked write would keep the process from ending.
if (process.stdout.isTTY) throw new Error('the output is to be read by a test');
const stdout = openLogStream(1);
const log = pino(logOptions('trace', [new Secret(CANARY)]), stdout);
const end = endProcess({ log, isUnderNpm: false, written: (withinMs) => stdout.written(withinMs) });
end.onSignal(() => Promise.resolve());
// The text may use `log`.
const source = `export default (log) => { ${how} }`;
const { default: fail } = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {
  readonly default: (log: Logger) => void; // as `source` says
};
process.on('SIGUSR2', () => fail(log));
// Until then the connection to the test keeps the process alive.
process.on('disconnect', () => process.exit(2));
process.send?.('ready');
