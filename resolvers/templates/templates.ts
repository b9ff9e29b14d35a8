// Templates and their roles as the graph returns them. Source: the vendor's Policy (templates) API.
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import {
  getRecordingConfigs,
  listTemplates,
  type RecordingConfigResource,
  type TemplateResource,
  type TemplateRoleResource,
} from '../../src/rest/templates/templates.ts';
import { connectionOverPages, idCursorsOf, type Connection, type ForwardArgs } from '../connection.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import { mapped, singleLoader, type MaybePromise } from '../loaders.ts';
import { splitPair } from '../local-ids.ts';
import { templateNode } from './template-node.ts';
import { roomNode } from '../rooms/room-node.ts';

/** A role and the id of its template: the vendor identifies a role only by its name within a template. */
export interface RoleOfTemplate {
  readonly templateId: string;
  readonly name: string;
  readonly resource: TemplateRoleResource;
}

/** The customer's bucket for recordings, as in answers about rooms and templates. The type omits the credentials. */
export interface StorageLocation {
  readonly type?: string | null;
  readonly location?: string | null;
  readonly prefix?: string | null;
  readonly options?: { readonly region?: string | null } | null;
}

const cursors = idCursorsOf('templates');

/** Loads the recording configurations of a template (at most one), by template id: one REST call. */
export const recordingConfigsLoader = singleLoader<readonly RecordingConfigResource[]>(
  async (templateId, { client, call, catalog }) =>
    catalog.written.recordingConfigs.read(templateId, () => getRecordingConfigs(client, templateId, call)),
);

/**
 * The template with a vendor id or global id, from memory or through the operation's loader; null if it does not exist.
 * @throws GraphQLError `BAD_USER_INPUT` if `id` has neither form.
 */
export function templateById(id: string, context: Context): MaybePromise<TemplateResource | null> {
  return templateNode.find(hmsIdOf('Template', 'id', id), context);
}

/** A page of the workspace's templates, newest first. The catalog remembers them for look-ups by id. */
export async function templatesConnection(
  args: ForwardArgs,
  context: Context,
): Promise<Connection<TemplateResource>> {
  return connectionOverPages(args, cursors, async (page) => {
    const templates = await listTemplates(context.client, page, context.call);
    return {
      ...templates,
      items: templates.items.map((template) => context.catalog.rememberTemplate(template)),
    };
  });
}

/** The template of a room; null if the vendor omits it, as for some disabled rooms. */
export function templateOfRoom(room: RoomResource, context: Context): MaybePromise<TemplateResource | null> {
  return room.template_id ? templateNode.find(room.template_id, context) : null;
}

/** The roles of templates, kept with each template, because they depend only on the template, which is never changed in place. */
const keptRoles = new WeakMap<TemplateResource, readonly RoleOfTemplate[]>();

/**
 * A template's roles, sorted by name, because the vendor's map has no documented order. The same template object gives the same
 * roles.
 */
export function rolesOfTemplate(template: TemplateResource): readonly RoleOfTemplate[] {
  const kept = keptRoles.get(template);
  if (kept !== undefined) return kept;
  const roles = Object.entries(template.roles ?? {})
    .map(([name, resource]) => ({ templateId: template.id, name, resource }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  keptRoles.set(template, roles);
  return roles;
}

/** The role with this name; null if the template is null or has no such role. */
export function roleOfTemplate(template: TemplateResource | null, name: string): RoleOfTemplate | null {
  return template === null ? null : (rolesOfTemplate(template).find((role) => role.name === name) ?? null);
}

/** What the input field `role` is told if the template of its room does not have the role. */
export function ruleOfRole(names: readonly string[]): string {
  if (names.length === 0) return "must be a role of the room's template, which has none";
  return `must be a role of the room's template: ${names.toSorted().join(', ')}`;
}

/** The role with this name in a room's template; null if the room, the template or the role is unknown. */
export function roleOfRoom(
  roomId: string,
  name: string,
  context: Context,
): MaybePromise<RoleOfTemplate | null> {
  return mapped(roomNode.find(roomId, context), (room) =>
    room === null
      ? null
      : mapped(templateOfRoom(room, context), (template) => roleOfTemplate(template, name)),
  );
}

/** The template that a role belongs to; null if it does not exist any more. */
export function templateOfRole(
  role: RoleOfTemplate,
  context: Context,
): MaybePromise<TemplateResource | null> {
  return templateNode.find(role.templateId, context);
}

/** Fetches a role by the local id of its Node (template id and name) from its template. */
export async function roleByNodeId(localId: string, context: Context): Promise<RoleOfTemplate | null> {
  const [templateId, name] = splitPair(localId);
  return roleOfTemplate(await templateNode.loader(context).load(templateId), name);
}

/** The recording configurations of a template, a list of at most one: one REST call for each template. */
export function recordingConfigsOfTemplate(
  template: TemplateResource,
  context: Context,
): Promise<readonly RecordingConfigResource[]> {
  return recordingConfigsLoader(context).load(template.id);
}

/** The values of a map by name, sorted by name; empty for a missing map. */
export function byName<T>(map: Readonly<Record<string, T>> | null | undefined): T[] {
  return Object.entries(map ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, element]) => element);
}
