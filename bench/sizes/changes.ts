// 1 to 5,000 changes in one poll of a room of 5,000 peers, with 20 readers that read at full speed.
import { printTable } from '../stage.ts';
import { Reader, roomIdOf, spentOn, startSized } from './stage.ts';

const CHANGES = [1, 10, 66, 257, 500, 2000, 5000];
const READERS = 20;
const PEERS = 5000;

/** Prints a row for each number of changes. Rejects if a reader got too few changes and no snapshot in their place. */
export async function changes(): Promise<void> {
  await using stage = await startSized({
    pollIntervalMs: 60_000,
    pollMaxIntervalMs: 60_000,
    sessionCheckMs: 60_000,
  });
  await stage.resize({ rooms: 2, live: 2, peers: PEERS });
  const id = roomIdOf(0);
  const readers = Array.from({ length: READERS }, () => new Reader(stage, id));
  await Promise.all(readers.map((reader) => reader.until(({ kind }) => kind === 'snapshot')));
  const rows = [['changes', 'told as', 'wall', 'CPU', 'CPU/event', 'longest block', 'memory']];
  for (const count of CHANGES) {
    await stage.change(count);
    let told = new Set<string>();
    const { cpuMs, wallMs, blockMs, rssMb } = await spentOn(async () => {
      stage.gateway.services.live.hint(id);
      told = new Set(await Promise.all(readers.map((reader) => readChanges(reader, count))));
    });
    const events = count * READERS;
    rows.push([
      String(count),
      [...told].join(', '),
      `${wallMs.toFixed(0)} ms`,
      `${cpuMs.toFixed(0)} ms`,
      `${((cpuMs * 1000) / events).toFixed(1)} us`,
      `${blockMs.toFixed(0)} ms`,
      `${rssMb.toFixed(0)} MB`,
    ]);
  }
  await Promise.all(readers.map((reader) => reader.end()));
  printTable(rows);
}

/** Reads this number of changes, or the snapshot that replaces them. Returns which of the two it was. */
async function readChanges(reader: Reader, count: number): Promise<string> {
  let left = count;
  let reason = 'events';
  await reader.until((change) => {
    if (change.kind === 'snapshot') {
      reason = `snapshot ${change.reason}`;
      return true;
    }
    left -= 1;
    return left === 0;
  });
  return reason;
}
