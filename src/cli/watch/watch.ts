// The subcommand `watch ROOM`: shows a live list at a terminal; otherwise prints a line for each event.
import { once } from 'node:events';
import { Peers, RoomById, RoomByName } from '../client/documents.ts';
import { GatewayClient } from '../client/gateway-client.ts';
import { targetOf, type TargetOptions } from '../client/target.ts';
import { CommandFault } from '../fault.ts';
import { jsonLine } from '../text.ts';
import { sentenceOf, type RoomEvent } from './events.ts';
import { timeOf } from './frame.ts';
import { showLiveList } from './live-list.ts';

/** The options of `watch`. */
export interface WatchOptions extends TargetOptions {
  /** Prints each event as JSON. */
  readonly json?: boolean;
  /** The cursor of an event: the list begins with the events after it. */
  readonly after?: string;
}

/** The form of a room's vendor id. Anything else may be a name or a global id. */
const ROOM_ID = /^[0-9a-f]{24}$/;

/** Watches the room of this id or name until the process is told to end. */
export async function watchRoom(room: string, { json, after, ...target }: WatchOptions): Promise<number> {
  await using gateway = new GatewayClient(await targetOf(target, process.env));
  const found = await findRoom(gateway, room);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
  const variables = { roomId: found.id, after: after ?? null };
  if (json !== true && process.stdout.isTTY) {
    return await showLiveList({ gateway, room: found, variables, stop });
  }
  gateway.onConnection = connectionReport(stop.signal);
  for await (const { peerChanges } of gateway.subscribe(Peers, variables, stop.signal)) {
    const isRead = process.stdout.write(json === true ? jsonLine(peerChanges) : lineOf(peerChanges));
    if (!isRead) await Promise.race([once(process.stdout, 'drain'), once(stop.signal, 'abort')]);
  }
  return 0;
}

/** Says on stderr once that the connection is lost, and once that there is one again; nothing after `stopped`. */
function connectionReport(stopped: AbortSignal): (isConnected: boolean) => void {
  let isLost = false;
  return (isConnected) => {
    // Every attempt that fails is reported as a lost connection.
    if (isLost !== isConnected || stopped.aborted) return;
    isLost = !isConnected;
    console.error(
      `hms-gateway: ${isLost ? 'lost the connection to the gateway' : 'connected to the gateway again'}`,
    );
  };
}

function lineOf(event: RoomEvent): string {
  const sentence = sentenceOf(event);
  return sentence === null ? '' : `${timeOf(event.at)}  ${sentence}\n`;
}

async function findRoom(gateway: GatewayClient, text: string): Promise<{ id: string; name: string }> {
  if (!ROOM_ID.test(text)) {
    const { rooms } = await gateway.request(RoomByName, { name: text });
    const node = rooms?.edges[0]?.node;
    if (node !== undefined) return { id: node.hmsId, name: node.name ?? '' };
  }
  const { room } = await gateway.request(RoomById, { id: text }).catch((fault: CommandFault) => {
    // A text that is neither a name nor a valid id: reported below, like an id that no room has.
    if (ROOM_ID.test(text) || !/\bid\b/i.test(fault.message)) throw fault;
    return { room: null };
  });
  if (room == null)
    throw new CommandFault(1, [`no room has this id or name; \`hms-gateway rooms\` lists rooms`]);
  return { id: room.hmsId, name: room.name ?? '' };
}
