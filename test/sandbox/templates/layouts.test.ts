// Layouts of the sandbox over HTTP, with the token of a participant. The client checks every answer against the OpenAPI
// document.
import { expect, test } from 'vitest';
import { layoutsOf } from '../../../src/sandbox/templates/layouts.ts';
import { restClient, startTestSandbox } from '../../support/sandbox-client.ts';

async function startWithRoom() {
  const lab = await startTestSandbox();
  const { id: templateId } = lab.world.templates.create({ name: 't', roles: { guest: {}, host: {} } });
  const room = lab.world.rooms.create({ templateId });
  const asHost = async () => {
    const { code } = lab.world.roomCodes.create(room.id, 'host');
    const { body } = await lab.rest.post('/token', { code, user_id: 'ada' });
    // The answer was validated: a token.
    return restClient(lab.sandbox, (body as { token: string }).token);
  };
  return { ...lab, templateId, asHost };
}

test("the own role's layout comes first, then those of the other roles", async () => {
  await using lab = await startWithRoom();
  const { body } = await (await lab.asHost()).get('/layouts/ui');
  expect(body).toMatchObject({ limit: 2, data: [{ role: 'host' }, { role: 'guest' }] });
});

test('a layout keeps its id when it is edited', async () => {
  await using lab = await startWithRoom();
  const { id } = layoutsOf(lab.world).of(lab.templateId, 'host');
  layoutsOf(lab.world).change(lab.templateId, 'host', { logo: { url: 'https://cdn.example.com/logo.png' } });
  const { body } = await (await lab.asHost()).get('/layouts/ui');
  expect(body).toMatchObject({ data: [{ id, logo: { url: 'https://cdn.example.com/logo.png' } }, {}] });
});

test('a management token is refused', async () => {
  await using lab = await startWithRoom();
  expect((await lab.rest.get('/layouts/ui')).status).toBe(401);
});
