// What Redis itself counts: calls and CPU time by command, bytes, and the CPU time of the process.
import type { RedisServer } from '../../test/support/redis-server.ts';

/** All since the start of the server. */
export interface RedisFigures {
  /** By command: how often it was called, by scripts too, and how long it ran in microseconds, with what it called. */
  readonly commands: ReadonlyMap<string, { readonly calls: number; readonly us: number }>;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

export async function redisFigures(server: RedisServer): Promise<RedisFigures> {
  const text = await server.send('INFO', 'everything');
  const number = (name: string) =>
    Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(text)?.[1] ?? Number.NaN);
  const stats = text.matchAll(/^cmdstat_([^:]+):calls=(\d+),usec=(\d+)/gm);
  return {
    commands: new Map(
      Array.from(stats, ([, name = '', calls, us]) => [name, { calls: Number(calls), us: Number(us) }]),
    ),
    bytesIn: number('total_net_input_bytes'),
    bytesOut: number('total_net_output_bytes'),
    cpuMs: (number('used_cpu_user') + number('used_cpu_sys')) * 1000,
    memoryBytes: number('used_memory_rss'),
  };
}
