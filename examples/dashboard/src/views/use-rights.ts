// What this login may do to the people of a room. The gateway decides at each action; the page asks beforehand, so that it offers
// nothing that would be refused.
import { useEffect, useState } from 'react';
import { useClient, type Client } from 'urql';
import { MayAct, MayRemove } from '../documents.ts';
import { problemOf, type Problem } from '../gateway/problem.ts';

export interface Rights {
  readonly message: boolean;
  /** Another role is a change of the peer, as a removal is; a participant's role may allow one of them alone. */
  readonly role: boolean;
  readonly remove: boolean;
  /** Why something is not allowed; null: all is. */
  readonly refusal: Problem | null;
}

/** The rights in a room; null until the gateway has answered. */
export function useRights(roomId: string): Rights | null {
  const client = useClient();
  const [rights, setRights] = useState<Rights | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const ask = async () => {
      const answer = await askRights(client, roomId);
      if (isCurrent) setRights(answer);
    };
    void ask();
    return () => {
      isCurrent = false;
    };
  }, [client, roomId]);
  return rights;
}

async function askRights(client: Client, roomId: string): Promise<Rights | null> {
  const { data, error } = await client.mutation(MayAct, { roomId }).toPromise();
  const refusal = error === undefined ? null : problemOf(error);
  if (data != null) return rightsOf(refusal);
  // Without an answer nothing is known of the rights.
  if (refusal !== null && refusal.code !== 'FORBIDDEN') return null;
  // An error of the whole operation: a participant's token, to which messages are closed.
  const answer = await client.mutation(MayRemove, { roomId }).toPromise();
  return { message: false, role: false, remove: answer.error === undefined, refusal };
}

function rightsOf(refusal: Problem | null): Rights {
  const isAllowed = refusal === null;
  return { refusal, message: isAllowed, role: isAllowed, remove: isAllowed };
}
