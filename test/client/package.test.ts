// packages/client as it is published: built, packed and unpacked into an empty folder, each entry is imported by Node and by the
// compiler.
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;

/** Runs a command to its end, which must be a success. Returns its output. */
function run(cwd: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 60_000 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

const APP = `
import { noPeers, reducePeers, unwrap, type PeersStateOf } from '@hms-gateway/client';
import { peersWriter, ResumeLink } from '@hms-gateway/client/apollo';
import { payloadOf, peersUpdater } from '@hms-gateway/client/relay';
import { keys, resumeExchange } from '@hms-gateway/client/urql';

type Change = {
  readonly __typename: 'PeersSnapshot';
  readonly cursor: string;
  readonly stale: boolean;
  readonly peers: readonly { readonly id: string; readonly name: string }[];
};
const event: Change = { __typename: 'PeersSnapshot', cursor: '1', stale: false, peers: [{ id: 'a', name: 'Ada' }] };
const state: PeersStateOf<Change> = reducePeers<Change>(noPeers, event);
const name: string | undefined = state.peers[0]?.name;
// @ts-expect-error the document does not select it
state.peers[0]?.role;
console.log(name, [peersWriter, ResumeLink, peersUpdater, payloadOf, keys, resumeExchange, unwrap].map((one) => typeof one).join());
`;

it('is imported by Node and by the compiler from a tarball in an empty folder', { timeout: 90_000 }, () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hms-gateway-client-')));
  try {
    run(root, process.execPath, 'packages/client/build.ts', join(folder, 'dist'));
    run(folder, 'npm', 'pack', './dist', '--silent', '--pack-destination', folder);
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
    const target = join(folder, 'node_modules/@hms-gateway/client');
    mkdirSync(target, { recursive: true });
    run(folder, 'tar', 'xzf', tarball, '--strip-components=1', '-C', target);
    expect(readdirSync(target).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))).toEqual([]);
    for (const peer of ['@apollo/client', '@urql/core', 'relay-runtime']) {
      const link = join(folder, 'node_modules', peer);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(root, 'node_modules', peer), link);
    }
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'app.ts'), APP);
    const options = ['--strict', '--module', 'nodenext', '--target', 'es2023', '--skipLibCheck'];
    run(
      folder,
      join(root, 'node_modules/.bin/tsc'),
      ...options,
      '--types',
      '',
      '--lib',
      'es2023,dom',
      'app.ts',
    );
    expect(run(folder, process.execPath, 'app.js')).toBe(
      'Ada function,function,function,function,object,function,function\n',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
