// Mutations of the roles of a template. Source: the vendor's Policy (templates) API.
import { filledIn } from '../../src/rest/catalog/written.ts';
import * as rest from '../../src/rest/templates/template-writes.ts';
import type { TemplateResource } from '../../src/rest/templates/templates.ts';
import type { Context } from '../context.ts';
import { ConflictError, NotFoundError } from '../outcomes.ts';
import { checkRoleName, merged, roleBody, type RoleInput } from './template-inputs.ts';
import { changeTemplate, roleIn, templateBefore, withRole } from './template-writes.ts';

const NO_ROLE = 'The template does not exist or has no role of that name.';

/** Creates a role, or merges the input into it if it exists: 3 REST calls, not atomic. @throws NotFoundError, InvalidInputError. */
export function setRole(
  { templateId, ...role }: RoleInput & { readonly templateId: string },
  context: Context,
): Promise<TemplateResource> {
  const patch = roleBody(role, []);
  return changeTemplate(templateId, context, async (id) => {
    const before = await withRole(id, role.name, context);
    const stored = roleIn(before, role.name);
    const body = merged(stored, patch);
    const answer = await rest.putRole(context.client, id, role.name, body, context.call, { stored, patch });
    return { before, change: { roles: { [role.name]: { ...body, ...filledIn(answer) } } } };
  });
}

/** A role of a template by its current name, and its new name. */
export interface RenameRoleInput {
  readonly templateId: string;
  readonly name: string;
  readonly newName: string;
}

/** Renames a role: 3 REST calls, not atomic. @throws NotFoundError; ConflictError if a role has the new name; InvalidInputError. */
export async function renameRole(
  { templateId, name, newName }: RenameRoleInput,
  context: Context,
): Promise<TemplateResource> {
  checkRoleName(newName, ['newName']);
  return changeTemplate(
    templateId,
    context,
    async (id) => {
      const before = await withRole(id, name, context);
      const role = roleIn(before, name);
      if (role === null) throw new NotFoundError(NO_ROLE);
      if (roleIn(before, newName) !== null) {
        throw new ConflictError(`The template already has a role with the name ${JSON.stringify(newName)}.`);
      }
      const patch = { name: newName };
      const body = { ...role, ...patch };
      const answer = await rest.putRole(context.client, id, name, body, context.call, {
        stored: role,
        patch,
      });
      const roles = { [newName]: { ...body, ...filledIn(answer) } };
      return { before, change: { removedRoles: [name], roles } };
    },
    NO_ROLE,
  );
}

/** Deletes a role: at most 2 REST calls. @throws NotFoundError for an unknown template or role. */
export function deleteRole(
  { templateId, name }: { readonly templateId: string; readonly name: string },
  context: Context,
): Promise<TemplateResource> {
  return changeTemplate(
    templateId,
    context,
    async (id) => {
      const before = await templateBefore(id, context);
      await rest.deleteRole(context.client, id, name, context.call);
      return { before, change: { removedRoles: [name] } };
    },
    NO_ROLE,
  );
}
