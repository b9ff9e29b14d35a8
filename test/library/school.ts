// The gateway of a school, as docs/library.md shows it: people are known by the school's own session cookie.
import { createGateway, type Gateway, type GatewayOptions } from '../../src/library.ts';

/** A person of the school. */
export interface User {
  readonly id: string;
  readonly isTeacher: boolean;
  /** The room of their class. */
  readonly roomId: string;
}

/** `userOf` finds the person of a session cookie; undefined: there is none. */
export function createGraph(
  upstream: GatewayOptions['upstream'],
  userOf: (cookie: string | null) => Promise<User | undefined>,
): Promise<Gateway> {
  return createGateway({
    upstream,
    async authenticate({ headers }) {
      const user = await userOf(headers.get('cookie'));
      if (user === undefined) return null;
      if (user.isTeacher) return { name: user.id, scopes: ['*'] };
      return { name: user.id, scopes: ['rooms:read', 'peers:read'], rooms: [user.roomId] };
    },
  });
}
