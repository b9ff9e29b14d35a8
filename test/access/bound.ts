// The set-up of the tests of a caller restricted to one room: `cast` has the objects of another room, `other` those of
// the caller's own room.
import type { Answer } from '../support/gateway.ts';
import { splitPair } from '../../resolvers/local-ids.ts';
import { startStage, type AccessStage } from './stage.ts';
import { nodes } from './table.ts';
import { askOverHttp } from './transports.ts';

/** A stage, and a key with all scopes that is bound to one room. */
export async function startBound() {
  const stage = await startStage();
  const key = stage.doorkeeper.key({ scopes: ['*'], rooms: [stage.other.room] });
  const ask = (document: string, variables?: object): Promise<Answer> =>
    askOverHttp(stage.tested.gateway, key, document, variables);
  return { stage, key, ask };
}

/**
 * The ids and words of the other room that the answer shows; empty if it leaks nothing. An error may repeat what the
 * operation itself contained.
 */
export function tellsOf({ cast, peers }: AccessStage, answer: Answer, operation: string): string[] {
  const [data, all, asked] = [JSON.stringify(answer.data ?? null), JSON.stringify(answer), operation].map(
    // JSON escapes the quotation marks within a message.
    (text) => text.toLowerCase().replaceAll('\\"', '"'),
  );
  const objects = nodes.filter(({ rooms }) => rooms !== 'shared');
  // An id that is a pair ends with the object's own id.
  const secrets = objects.map(({ localId }) => splitPair(localId(cast)).findLast((id) => id !== '') ?? '');
  secrets.push(...peers.values(), '"ours"');
  return secrets.filter((secret) => {
    const told = secret.toLowerCase();
    return data?.includes(told) || (all?.includes(told) && !asked?.includes(told));
  });
}
