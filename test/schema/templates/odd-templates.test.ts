// Templates with malformed parts: their readable parts are returned, and no patch writes them back without the others.
import { describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';

/** A lab with a template that has two roles, of which `guest` has `odd` for its `publishParams`. */
async function labWith(odd: unknown): Promise<TestGateway & { readonly id: string }> {
  const lab = await startTestGateway({ sandbox: { data: 'empty' } });
  const { world, faults } = lab.sandbox;
  const { id } = world.templates.create({ name: 'odd', roles: { host: {}, guest: {} }, settings: {} });
  faults.set('getTemplate', {
    kind: 'shape',
    shape: (body) => {
      const template = Object(body);
      const guest = { ...template.roles.guest, publishParams: odd };
      return { ...template, roles: { ...template.roles, guest } };
    },
  });
  return { ...lab, id };
}

describe.each([['all'], [true], [[1]]])('a template with a role whose publishParams are %j', (odd) => {
  it('is returned with all roles', async () => {
    await using lab = await labWith(odd);
    const answer = await lab.ask(
      'query ($id: ID!) { template(id: $id) { name roles { name publishParams { allowed } } } }',
      { id: lab.id },
    );
    expect(answer.errors).toBeUndefined();
    expect(answer).toMatchObject({
      data: { template: { name: 'odd', roles: [{ name: 'guest' }, { name: 'host' }] } },
    });
  });

  it('is not patched, because the patch would delete the malformed part', async () => {
    await using lab = await labWith(odd);
    const answer = await lab.ask(
      'mutation ($id: ID!) { patchTemplate(input: { id: $id, name: "new" }) { __typename } }',
      { id: lab.id },
    );
    expect(answer).toMatchObject({
      data: { patchTemplate: null },
      errors: [{ extensions: { code: 'UPSTREAM_BAD_RESPONSE' } }],
    });
    expect(lab.sandbox.world.templates.get(lab.id).name).toBe('odd');
  });

  it('is not patched from the repaired answer that a concurrent query has read', async () => {
    await using lab = await labWith(odd);
    const [shown, patched] = await Promise.all([
      lab.ask('query ($id: ID!) { template(id: $id) { name } }', { id: lab.id }),
      lab.ask('mutation ($id: ID!) { patchTemplate(input: { id: $id, name: "new" }) { __typename } }', {
        id: lab.id,
      }),
    ]);
    expect(shown).toEqual({ data: { template: { name: 'odd' } } });
    expect(patched).toMatchObject({ data: { patchTemplate: null } });
  });
});
