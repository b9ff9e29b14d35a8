// Finds and runs the Prometheus of this machine.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { startProcess } from './child-process.ts';
import { freePort } from './loopback.ts';

const folders = ['/usr/bin', '/usr/local/bin'];

/** The path of an executable; undefined: it is not installed. */
function find(name: string): string | undefined {
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** The executables of Prometheus; null: it is not installed. */
export function findPrometheus(): { readonly prometheus: string; readonly promtool: string } | null {
  const [prometheus, promtool] = [find('prometheus'), find('promtool')];
  return prometheus === undefined || promtool === undefined ? null : { prometheus, promtool };
}

/** Why the tests with a Prometheus are skipped, for their names; empty: they are not. */
export const noPrometheus =
  findPrometheus() === null ? ' (skipped: install the Debian package `prometheus`)' : '';

export interface RunningPrometheus extends AsyncDisposable {
  /** The `data` of the API's answer to a GET of `/api/v1/...`. */
  get(path: string): Promise<unknown>;
}

/** Starts a Prometheus with a configuration, whose data are in `folder`; it ends with the test. */
export async function startPrometheus(configFile: string, folder: string): Promise<RunningPrometheus> {
  const port = await freePort();
  const started = startProcess(
    findPrometheus()?.prometheus ?? '',
    [
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const url = `http://127.0.0.1:${port}`;
  const isReady = () => fetch(`${url}/-/ready`).then(({ status }) => status, String);
  await expect.poll(isReady, { timeout: 30_000, interval: 100 }).toBe(200);
  return {
    async get(path) {
      const answer = (await (await fetch(`${url}/api/v1/${path}`)).json()) as {
        readonly status: string;
        readonly error?: string;
        readonly data: unknown;
      };
      if (answer.status !== 'success') throw new Error(`${path}: ${answer.error}`);
      return answer.data;
    },
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
}
