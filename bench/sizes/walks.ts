// Walks over all rooms of a workspace of 1,000 to 100,000, by pages of 500.
import { printTable } from '../stage.ts';
import { ask, spentOn, startSized } from './stage.ts';

const ROOMS = [1000, 10_000, 100_000];
const PAGE = `query ($after: String) { rooms(first: 500, after: $after) {
  edges { node { hmsId name } } pageInfo { endCursor hasNextPage } } }`;

interface Page {
  readonly rooms: {
    readonly edges: readonly unknown[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

/** Prints a row for each number of rooms. Rejects if a walk does not give all of them. */
export async function walks(): Promise<void> {
  const rows = [['rooms', 'wall', 'CPU', 'CPU/room', 'longest block', 'memory']];
  await using stage = await startSized({ upstreamRequestsPerSecond: 100_000 });
  for (const count of ROOMS) {
    await stage.resize({ rooms: count, live: 1, peers: 1 });
    let given = 0;
    const { cpuMs, wallMs, blockMs, rssMb } = await spentOn(async () => {
      for (let after: string | null = null, goesOn = true; goesOn;) {
        // The document above answers this.
        const { rooms } = (await ask(stage, PAGE, { after })) as Page;
        given += rooms.edges.length;
        after = rooms.pageInfo.endCursor;
        goesOn = rooms.pageInfo.hasNextPage;
      }
    });
    if (given !== count) throw new Error(`A walk over ${count} rooms gave ${given}.`);
    rows.push([
      String(count),
      `${(wallMs / 1000).toFixed(1)} s`,
      `${(cpuMs / 1000).toFixed(1)} s`,
      `${((cpuMs * 1000) / count).toFixed(0)} us`,
      `${blockMs.toFixed(0)} ms`,
      `${rssMb.toFixed(0)} MB`,
    ]);
  }
  printTable(rows);
}
