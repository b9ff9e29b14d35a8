// How the cost of the gateway grows with the size of rooms and of the workspace. The upstream is a process of its own, 5 ms
// away; gateway and readers share this process.
import { changes } from './sizes/changes.ts';
import { peers } from './sizes/peers.ts';
import { sessions } from './sizes/sessions.ts';
import { walks } from './sizes/walks.ts';
import { watchedRooms } from './sizes/watched-rooms.ts';

/** The line of this benchmark in the command's help. */
export const about = 'CPU, memory and blocks of the event loop by peers, changes, sessions and rooms';

/** Prints a table for each kind of size. Rejects if a result is wrong, such as a walk that lacks rooms. */
export async function run(): Promise<void> {
  for (const part of [peers, changes, sessions, walks, watchedRooms]) {
    console.log(` ${part.name}`);
    await part();
  }
}
