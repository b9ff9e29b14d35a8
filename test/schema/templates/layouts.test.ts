// Layouts of a room's roles by real GraphQL text over the sandbox.
import { expect, test } from 'vitest';
import { layoutsOf } from '../../../src/sandbox/templates/layouts.ts';
import { graphql } from '../../generated/gql.ts';
import { startTestGateway } from '../../support/gateway.ts';

const layouts = graphql(`
  query Layouts($roomId: ID!) {
    room(id: $roomId) {
      host: layout(role: "host") {
        id
        hmsId
        role
        logoUrl
        fontFamily
        themes {
          name
          isDefault
          appearance
          palette
        }
        screens
        room {
          hmsId
        }
      }
      again: layout(role: "host") {
        hmsId
      }
      guest: layout(role: "guest") {
        role
        themes {
          appearance
        }
      }
      unknown: layout(role: "nobody") {
        role
      }
    }
  }
`);

const refetched = graphql(`
  query LayoutNode($id: ID!) {
    node(id: $id) {
      ... on RoomLayout {
        hmsId
        role
      }
    }
  }
`);

async function startWithRoom() {
  const tested = await startTestGateway({ sandbox: { data: 'empty' } });
  const { world, ledger } = tested.sandbox;
  const { id: templateId } = world.templates.create({ name: 't', roles: { host: {}, guest: {} } });
  const room = world.rooms.create({ templateId });
  const calls = () => ledger.lines().filter((line) => line.endsWith('/layouts/ui'));
  return { ...tested, calls, roomId: room.id, layouts: layoutsOf(world), templateId };
}

test('a layout is found by its role, at one call a role', async () => {
  await using tested = await startWithRoom();
  const { id } = tested.layouts.change(tested.templateId, 'host', {
    logo: { url: 'https://cdn.example.com/logo.png' },
    screens: { leave: {} },
  });
  tested.layouts.change(tested.templateId, 'guest', { themes: [{ name: '' }] });
  const { room } = await tested.data(layouts, { roomId: tested.roomId });
  expect(room).toEqual({
    host: {
      id: expect.any(String),
      hmsId: id,
      role: 'host',
      logoUrl: 'https://cdn.example.com/logo.png',
      fontFamily: 'Inter',
      themes: [
        {
          name: 'Theme1',
          isDefault: true,
          appearance: 'DARK',
          palette: expect.objectContaining({ primary_default: '#2572ED' }),
        },
      ],
      screens: { leave: {} },
      room: { hmsId: tested.roomId },
    },
    again: { hmsId: id },
    guest: { role: 'guest', themes: [{ appearance: 'OTHER' }] },
    unknown: null,
  });
  expect(tested.calls()).toHaveLength(2);
  const answer = await tested.data(refetched, { id: room?.host?.id ?? '' });
  expect(answer).toEqual({ node: { hmsId: id, role: 'host' } });
});

test('a failure affects only its own field', async () => {
  await using tested = await startWithRoom();
  tested.sandbox.faults.set('listUiLayouts', { kind: 'status', status: 500 });
  const answer = await tested.ask(`{ room(id: "${tested.roomId}") { hmsId layout(role: "host") { role } } }`);
  expect(answer).toMatchObject({
    data: { room: { hmsId: tested.roomId, layout: null } },
    errors: [{ path: ['room', 'layout'] }],
  });
});
