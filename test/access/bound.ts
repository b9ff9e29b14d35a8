// The set-up of the tests of a caller restricted to one room: `cast` has the objects of another room, `other` those of
// the caller's own room.
import type { Answer } from '../support/gateway.ts';
import { splitPair } from '../../resolvers/local-ids.ts';
import { startStage, type AccessStage } from './stage.ts';
import { nodes } from './table.ts';
import { askOverHttp } from './transports.ts';

/** A stage, and a key for everything in one room. */
export async function startBound() {
  const stage = await startStage();
  const key = stage.doorkeeper.key({ scopes: ['*'], rooms: [stage.other.room] });
  const ask = (document: string, variables?: object): Promise<Answer> =>
    askOverHttp(stage.tested.gateway, key, document, variables);
  return { stage, key, ask };
}

/**
 * What of an answer may stand in none: ids and words of the room that is not the caller's. Errors may name what the
 * operation named.
 */
export function tellsOf({ cast, peers }: AccessStage, answer: Answer, operation: string): string[] {
  const [data, all, asked] = [JSON.stringify(answer.data ?? null), JSON.stringify(answer), operation].map(
    // Within a message a quotation mark is escaped.
    (text) => text.toLowerCase().replaceAll('\\"', '"'),
  );
  const objects = nodes.filter(({ rooms }) => rooms !== 'shared');
  // Of a pair the last half is the object's own.
  const secrets = objects.map(({ localId }) => splitPair(localId(cast)).findLast((id) => id !== '') ?? '');
  secrets.push(...peers.values(), '"ours"');
  return secrets.filter((secret) => {
    const told = secret.toLowerCase();
    return data?.includes(told) || (all?.includes(told) && !asked?.includes(told));
  });
}
