// The dialect of the bare proxies, which pass on the bodies of the REST API unchanged. `read` joins and renames what a client would
// have to join and rename. The REST API guarantees the shapes.
import { ROOMS_PAGE, type AnsweredPeer } from '../workloads.ts';
import { roomIdOf } from '../workspace.ts';
import { byId, byName, type Dialect, type Role } from './dialect.ts';

/** A peer as the REST API has it. */
interface RestPeer {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly user_id: string;
  readonly metadata: string;
}

/** The REST API's map of peers, by id. */
export type RestPeers = Readonly<Record<string, RestPeer>>;

/** The REST API's map of roles, by name. */
export type RestRoles = Readonly<Record<string, Role>>;

interface RestTemplate {
  readonly id: string;
  readonly name: string;
  readonly roles: RestRoles;
}

interface RestRoom {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly template_id: string;
  readonly created_at: string;
}

interface RestLiveRoom {
  readonly id: string;
  readonly name: string;
  readonly session: { readonly id: string };
}

/** The peers in the graph's form. */
export function peersFromMap(peers: RestPeers): AnsweredPeer[] {
  return byId(
    Object.values(peers).map(({ id, name, role, user_id: userId, metadata }) => ({
      id,
      name,
      role,
      userId,
      metadata,
    })),
  );
}

/** The fields of the roles that the workloads ask for. */
export function rolesFromMap(roles: RestRoles): Role[] {
  return byName(
    Object.values(roles).map(({ name, priority, maxPeerCount }) => ({ name, priority, maxPeerCount })),
  );
}

export const restDialect: Dialect = {
  rooms: {
    request: ({ createdAfter: after }) => ({
      path: `/rooms?first=${ROOMS_PAGE}${after === undefined ? '' : `&createdAfter=${after}`}`,
    }),
    read(answer) {
      const [rooms, templates] = answer as [{ data: readonly RestRoom[] }, { data: readonly RestTemplate[] }];
      return rooms.data.map(({ id, name, enabled, template_id: templateId }) => {
        const template = templates.data.find((each) => each.id === templateId);
        if (template === undefined) throw new Error(`the answer lacks the template ${templateId}`);
        const roles = rolesFromMap(template.roles);
        return { id, name, enabled, template: { id: template.id, name: template.name, roles } };
      });
    },
  },
  room: {
    request: ({ room }) => ({ path: `/rooms/${roomIdOf(room)}` }),
    read(answer) {
      const { id, name, enabled, created_at: createdAt } = answer as RestRoom;
      return { id, name, enabled, createdAt };
    },
  },
  peers: {
    request: ({ room }) => ({ path: `/live-peers/${roomIdOf(room)}` }),
    read: (answer) => peersFromMap((answer as { readonly peers: RestPeers }).peers),
  },
  liveRooms: {
    request: ({ rooms }) => ({ path: `/live-rooms?ids=${rooms.map(roomIdOf).join(',')}` }),
    read(answer, { rooms }) {
      const bodies = answer as readonly unknown[];
      return rooms.map((_, index) => {
        const { id, name, session } = bodies[2 * index] as RestLiveRoom;
        const { peers } = bodies[2 * index + 1] as { readonly peers: RestPeers };
        return { id, name, session: { id: session.id }, peers: peersFromMap(peers) };
      });
    },
  },
};
