// Shared by the examples for Apollo Client, urql and Relay: the form of their lists, and the command that shows a list.
import { gatewayUrl } from '../client.ts';
import { DEFAULT_ROOM, roomIdOf, runCommand } from '../command.ts';

/** Called with the names of the peers, by their order in the list, and with whether they may be out of date. */
export type Show = (names: readonly string[], stale: boolean) => void;

/** Shows the peers of a room at `url` until the result is called. */
export type WatchPeers = (url: string, roomId: string, show: Show) => Promise<() => Promise<void>>;

/** Runs an example as a command: prints the list whenever it changes, until SIGINT. */
export async function runWatching(name: string, watchPeers: WatchPeers): Promise<void> {
  await runCommand(name, {
    usage: '[ROOM_ID]',
    defaults: { ROOM_ID: DEFAULT_ROOM },
    async run(gateway, [room]) {
      const stopped = new Promise((resolve) => process.once('SIGINT', resolve));
      const stop = await watchPeers(gatewayUrl(), await roomIdOf(gateway, room), (names, stale) => {
        console.log(`${names.join(', ') || 'Nobody is in the room.'}${stale ? ' (may be outdated)' : ''}`);
      });
      await stopped;
      await stop();
    },
  });
}
