// 1 to 10,000 running sessions in the workspace: a page of 50 rooms with their sessions, and the start of a subscription to
// the sessions of the workspace.
import { printTable } from '../stage.ts';
import { ask, spentOn, startSized } from './stage.ts';

const SESSIONS = [1, 100, 1000, 3000, 10_000];
const PAGE = '{ rooms(first: 50) { edges { node { hmsId activeSession { hmsId } } } } }';

/** Prints a row for each number of sessions. */
export async function sessions(): Promise<void> {
  const rows = [['sessions', 'page, CPU', 'page again, CPU', 'watch all, CPU', 'longest block', 'memory']];
  for (const count of SESSIONS) {
    await using stage = await startSized({ upstreamRequestsPerSecond: 10_000 });
    await stage.resize({ rooms: Math.max(count, 50), live: count, peers: 1 });
    const page = await spentOn(() => ask(stage, PAGE));
    const again = await spentOn(() => ask(stage, PAGE));
    const watch = await spentOn(async () => {
      const events = stage.gateway.services.live.sessionChanges({});
      await events.next();
      await events.return?.();
    });
    rows.push([
      String(count),
      ...[page, again, watch].map(({ cpuMs }) => `${cpuMs.toFixed(1)} ms`),
      `${Math.max(page.blockMs, again.blockMs, watch.blockMs).toFixed(0)} ms`,
      `${watch.rssMb.toFixed(0)} MB`,
    ]);
  }
  printTable(rows);
}
