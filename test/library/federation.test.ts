// The library's gateway as a subgraph, with types of its host.
import { expect, test } from 'vitest';
import { createGateway, createSandbox } from '../../src/library.ts';
import { canaryCredentials } from '../support/canary.ts';
import { answerOf } from '../support/transports.ts';

test('a gateway of the library is a subgraph with the fields of its host', async () => {
  await using sandbox = await createSandbox({ ...canaryCredentials, data: 'empty' });
  const room = sandbox.world.rooms.create({ name: 'physics' });
  await using gateway = await createGateway({
    upstream: sandbox,
    federation: true,
    types: (builder, graph) =>
      builder.objectField(graph.Room, 'subject', (t) =>
        t.string({ description: 'What is taught.', resolve: ({ name }) => `about ${name}` }),
      ),
  });
  const query = `{
    _service { sdl }
    _entities(representations: [{ __typename: "Room", hmsId: "${room.id}" }]) { ... on Room { subject } }
  }`;
  const url = `http://host.test/?${new URLSearchParams({ query })}`;
  const { data } = await answerOf(await gateway.fetch(new Request(url)));
  expect(data).toEqual({
    _service: {
      sdl: expect.stringMatching(/^type Room .*@key\(fields: "hmsId"\)[^}]*^ {2}subject: String!$/m),
    },
    _entities: [{ subject: 'about physics' }],
  });
});
