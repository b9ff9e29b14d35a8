// The peers of a session, with and without a snapshot of its live room.
import { describe, expect, it } from 'vitest';
import { anyone } from '../../../src/auth/caller.ts';
import { createContext, type Context } from '../../../resolvers/context.ts';
import { metadataOf } from '../../../resolvers/peers/peer-fields.ts';
import { peersOfSession } from '../../../resolvers/peers/peers.ts';
import { joinedAtOf, nameOf, roleNameOf } from '../../../resolvers/peers/peer-views.ts';
import type { LiveSnapshot } from '../../../src/live/changes.ts';
import type { SessionResource } from '../../../src/rest/sessions/sessions.ts';
import { startTestGateway } from '../../support/gateway.ts';

const ROOM = 'a'.repeat(24);
const IDS = ['0b1c2d3e-4f50-4a61-8b72-000000000001', '0b1c2d3e-4f50-4a61-8b72-000000000002'] as const;

const session: SessionResource = {
  id: 'b'.repeat(24),
  room_id: ROOM,
  customer_id: '',
  active: true,
  created_at: '2026-03-12T16:00:00Z',
  updated_at: '2026-03-12T16:00:00Z',
  peers: Object.fromEntries(
    IDS.map((id, index) => [
      id,
      {
        id,
        session_id: 'b'.repeat(24),
        name: 'as recorded',
        role: 'guest',
        user_id: `user-${index}`,
        joined_at: `2026-03-12T16:00:0${index}.5Z`,
      },
    ]),
  ),
};

const snapshot: LiveSnapshot = {
  roomId: ROOM,
  session: { id: session.id, room_id: ROOM, created_at: session.created_at },
  asOf: 0,
  peers: IDS.map((id, index) => ({
    id,
    name: 'as seen',
    role: 'host',
    user_id: `user-${index}`,
    metadata: '{"isHandRaised":true}',
    joined_at: `2026-03-12T16:00:0${index}.500000123Z`,
  })),
};

/** A context with or without a snapshot of the room in memory. */
function seeing(context: Context, live: LiveSnapshot | null): Context {
  return { ...context, live: Object.assign(Object.create(context.live), { snapshot: () => live }) };
}

describe('the peers of a running session', () => {
  it('take name, role and metadata from the snapshot if there is one', async () => {
    await using tested = await startTestGateway();
    const context = seeing(createContext(tested.gateway.services, { caller: anyone }), snapshot);
    const { edges } = await peersOfSession(session, { filter: { role: 'host' } }, context);
    const [first] = edges.map(({ node }) => node);
    if (first === undefined) throw new Error('nobody is there');
    expect([nameOf(first), roleNameOf(first)]).toEqual(['as seen', 'host']);
    expect(await metadataOf(first, context)).toBe('{"isHandRaised":true}');
    expect(tested.sandbox.ledger.count()).toBe(0);
  });

  it('keep their order, with or without a snapshot', async () => {
    await using tested = await startTestGateway();
    const context = createContext(tested.gateway.services, { caller: anyone });
    const looks = await Promise.all(
      [null, snapshot].map((live) => peersOfSession(session, {}, seeing(context, live))),
    );
    const [without, withLook] = looks.map(({ edges }) => edges.map(({ cursor }) => cursor));
    expect(withLook).toEqual(without);
    expect(looks.map(({ edges }) => edges.map(({ node }) => joinedAtOf(node)))).toEqual([
      ['2026-03-12T16:00:00.5Z', '2026-03-12T16:00:01.5Z'],
      ['2026-03-12T16:00:00.5Z', '2026-03-12T16:00:01.5Z'],
    ]);
  });
});
