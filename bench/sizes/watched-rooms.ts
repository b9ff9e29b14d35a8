// 1 to 2,000 watched rooms at the default budget of 50 REST calls a second: how often each room is polled, and how
// many rooms are reported as stale.
import { setTimeout as wait } from 'node:timers/promises';
import { printTable } from '../stage.ts';
import { Reader, roomIdOf, spentOn, startSized } from './stage.ts';

const ROOMS = [1, 10, 100, 500, 2000];
/** The number of polls of each room to wait for, at its fair interval; at least 30 s are measured. */
const POLLS = 3;

/** Prints a row for each number of rooms. Rejects if a room was reported as stale although the upstream answers. */
export async function watchedRooms(): Promise<void> {
  const rows = [
    ['rooms', 'fair share', 'best room', 'worst room', 'CPU', 'stale rooms', 'longest block', 'memory'],
  ];
  for (const count of ROOMS) {
    await using stage = await startSized();
    await stage.resize({ rooms: count + 1, live: count, peers: 1 });
    const readers = Array.from({ length: count }, (_, index) => new Reader(stage, roomIdOf(index + 1)));
    await Promise.all(readers.map((reader) => reader.until(({ kind }) => kind === 'snapshot')));
    const shareMs = (count / 50) * 1000;
    let stale = 0;
    await stage.intervals();
    const { cpuMs, wallMs, blockMs, rssMb } = await spentOn(async () => {
      const endAt = performance.now() + Math.max(30_000, POLLS * shareMs);
      while (performance.now() < endAt) {
        await wait(1000);
        stale = Math.max(stale, stage.gateway.services.live.gauges().staleRooms);
      }
    });
    const { best, worst } = await stage.intervals();
    rows.push([
      String(count),
      `${(shareMs / 1000).toFixed(1)} s`,
      `${(best / 1000).toFixed(1)} s`,
      `${(worst / 1000).toFixed(1)} s`,
      `${((cpuMs / wallMs) * 100).toFixed(0)} %`,
      String(stale),
      `${blockMs.toFixed(0)} ms`,
      `${rssMb.toFixed(0)} MB`,
    ]);
    await Promise.all(readers.map((reader) => reader.end()));
    if (stale > 0) throw new Error(`${stale} of ${count} rooms were told stale.`);
  }
  printTable(rows);
}
