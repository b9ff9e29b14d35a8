// A room of 10 to 20,000 peers: one poll that shows no change, one that shows a change, a query for its first page, and a count.
import { printTable } from '../stage.ts';
import { ask, Reader, roomIdOf, spentOn, startSized } from './stage.ts';

const PEERS = [10, 100, 1000, 2500, 5000, 20_000];
const PAGE =
  'query ($id: ID!) { room(id: $id) { peers(first: 100) { edges { node { hmsId name role } } } } }';
const COUNT = 'query ($id: ID!) { room(id: $id) { peers { totalCount } } }';

/** Prints a row for each number of peers. */
export async function peers(): Promise<void> {
  await using stage = await startSized({
    pollIntervalMs: 60_000,
    pollMaxIntervalMs: 60_000,
    sessionCheckMs: 60_000,
  });
  const rows = [['peers', 'poll, same', 'poll, change', 'page of 100', 'count', 'longest block', 'memory']];
  for (const count of PEERS) {
    await stage.resize({ rooms: 2, live: 2, peers: count });
    const id = roomIdOf(0);
    const page = await spentOn(() => ask(stage, PAGE, { id }));
    const counted = await spentOn(() => ask(stage, COUNT, { id }));
    const reader = new Reader(stage, id);
    await reader.until(({ kind }) => kind === 'snapshot');
    const poll = async (changes: number) => {
      await stage.change(changes);
      return spentOn(async () => {
        stage.gateway.services.live.hint(id);
        await reader.until(({ kind }) => kind === 'updated');
      });
    };
    // The first poll after all peers were changed shows one changed peer. Each later poll also differs by one peer.
    const change = await poll(1);
    const again = await poll(1);
    await reader.end();
    const spent = [again, change, page, counted];
    rows.push([
      String(count),
      ...spent.map(({ cpuMs }) => `${cpuMs.toFixed(1)} ms`),
      `${Math.max(...spent.map(({ blockMs }) => blockMs)).toFixed(0)} ms`,
      `${change.rssMb.toFixed(0)} MB`,
    ]);
  }
  printTable(rows);
}
