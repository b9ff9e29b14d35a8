// The writes of templates against the sandbox: the requests, and what is refused before it is sent.
import { describe, expect, it } from 'vitest';
import { RestNotFoundError } from '../../../src/rest/errors.ts';
import { RestInputError } from '../../../src/rest/shapes/inputs.ts';
import {
  createTemplate,
  deleteRole,
  putRole,
  updateSettings,
  updateTemplate,
} from '../../../src/rest/templates/template-writes.ts';
import { getTemplate } from '../../../src/rest/templates/templates.ts';
import { sandboxedRest } from '../sandboxed.ts';
import { rejection } from '../client/support.ts';

describe('writes of templates', () => {
  it('delete a role once', async () => {
    const { client } = await sandboxedRest();
    const { id } = await createTemplate(client, { name: 'club', roles: { host: {}, guest: {} } });
    await deleteRole(client, id, 'guest');
    expect(Object.keys((await getTemplate(client, id)).roles ?? {})).toEqual(['host']);
    await rejection(deleteRole(client, id, 'guest'), RestNotFoundError);
  });

  it('create a template, replace it, and change a role and the settings', async () => {
    const { client } = await sandboxedRest();
    const { id } = await createTemplate(client, { name: 'town hall', roles: { host: {} } });
    await updateTemplate(client, id, { name: 'hall', roles: { host: {} }, settings: {} });
    await putRole(client, id, 'guest', { priority: 2 });
    await updateSettings(client, id, { region: 'eu' });
    expect(await getTemplate(client, id)).toMatchObject({
      name: 'hall',
      roles: { host: {}, guest: { priority: 2 } },
      settings: { region: 'eu' },
    });
  });

  it('send nothing when a replacement lacks roles and settings', async () => {
    const { client, lines } = await sandboxedRest();
    const error = await rejection(updateTemplate(client, '0'.repeat(24), {}), RestInputError);
    expect(error.issues.map(({ path }) => path.join('.')).toSorted()).toEqual(['roles', 'settings']);
    expect(lines()).toEqual([]);
  });

  it('fail for a template that does not exist', async () => {
    const { client } = await sandboxedRest();
    await rejection(updateSettings(client, '0'.repeat(24), { region: 'eu' }), RestNotFoundError);
  });
});
