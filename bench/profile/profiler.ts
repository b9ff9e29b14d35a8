// Profiles a running process of Node over its inspector, and adds up the time of its samples.
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { groupOf, IDLE, type Frame } from './groups.ts';

/** The time between two samples, in microseconds. */
const INTERVAL_US = 500;

/** The part of V8's profile that is read here. */
interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: Frame;
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

/** The time in each group that was not idle, in microseconds; the largest first. */
export type Times = ReadonlyMap<string, number>;

/** The URL of the inspector that listens on a port of this machine. */
export async function inspectorOf(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/json/list`);
  // The format of Node's inspector.
  const [target] = (await response.json()) as readonly { readonly webSocketDebuggerUrl: string }[];
  if (target === undefined) throw new Error('the process has no inspector');
  return target.webSocketDebuggerUrl;
}

/** Profiles the process behind an inspector's URL (`ws://`) while `work` runs. */
export async function profileDuring(url: string, work: () => Promise<void>): Promise<Times> {
  const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 2 ** 30 });
  await once(socket, 'open');
  let calls = 0;
  const call = async (method: string, params = {}): Promise<unknown> => {
    calls += 1;
    const id = calls;
    socket.send(JSON.stringify({ id, method, params }));
    for (;;) {
      // The inspector sends texts; its answers have the id of their call.
      const [data] = (await once(socket, 'message')) as [Buffer];
      const message = JSON.parse(data.toString()) as { readonly id?: number; readonly result?: unknown };
      if (message.id === id) return message.result;
    }
  };
  try {
    await call('Profiler.enable');
    await call('Profiler.setSamplingInterval', { interval: INTERVAL_US });
    await call('Profiler.start');
    await work();
    // The protocol's answer to this method.
    const { profile } = (await call('Profiler.stop')) as { readonly profile: Profile };
    return timesOf(profile);
  } finally {
    socket.terminate();
  }
}

function timesOf({ nodes, samples, timeDeltas }: Profile): Times {
  const groups = groupsOf(nodes);
  const times = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const group = groups.get(id) ?? 'other';
    if (group !== IDLE) times.set(group, (times.get(group) ?? 0) + (timeDeltas[index + 1] ?? 0));
  }
  return new Map([...times].toSorted(([, a], [, b]) => b - a));
}

/** The group of each node of the tree. A function of V8 itself counts as its caller's. */
function groupsOf(nodes: Profile['nodes']): ReadonlyMap<number, string> {
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const own = new Map(nodes.map(({ id, callFrame }) => [id, groupOf(callFrame)] as const));
  const found = new Map<number, string>();
  for (const { id } of nodes) {
    let at: number | undefined = id;
    while (at !== undefined && own.get(at) === null) at = parents.get(at);
    found.set(id, (at === undefined ? null : own.get(at)) ?? 'other');
  }
  return found;
}
