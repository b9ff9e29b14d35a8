// How templates and their roles are answered.
import type { RoomResource } from '../../src/rest/rooms/rooms.ts';
import {
  getRecordingConfigs,
  listTemplates,
  type RecordingConfigResource,
  type TemplateResource,
  type TemplateRoleResource,
} from '../../src/rest/templates/templates.ts';
import { connectionOverPages, hexCursorsOf, type Connection, type ForwardArgs } from '../connection.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import { singleLoader } from '../loaders.ts';
import { splitPair } from '../local-ids.ts';
import { templateNode } from './template-node.ts';
import { roomNode } from '../rooms/room-node.ts';

/** A role with the template that it belongs to: the vendor knows a role only by its name within a template. */
export interface RoleOfTemplate {
  readonly templateId: string;
  readonly name: string;
  readonly resource: TemplateRoleResource;
}

/** Where recordings are put; what rooms and templates say of it, credentials left aside. */
export interface StorageLocation {
  readonly type?: string | null;
  readonly location?: string | null;
  readonly prefix?: string | null;
  readonly options?: { readonly region?: string | null } | null;
}

const cursors = hexCursorsOf('templates');

/** The recording configuration of a template, by template id. */
export const recordingConfigsLoader = singleLoader<RecordingConfigResource[]>(
  async (templateId, { client, call }) => [...(await getRecordingConfigs(client, templateId, call))],
);

export function templateById(id: string, context: Context): Promise<TemplateResource | null> {
  return templateNode.loader(context).load(hmsIdOf('Template', 'id', id));
}

export async function templatesConnection(
  args: ForwardArgs,
  context: Context,
): Promise<Connection<TemplateResource>> {
  return connectionOverPages(args, cursors, async (page) => {
    const templates = await listTemplates(context.client, page, context.call);
    for (const template of templates.items) context.catalog.remember('template', template);
    return templates;
  });
}

/** A disabled room's answer may leave the template out, which is then unknown. */
export async function templateOfRoom(room: RoomResource, context: Context): Promise<TemplateResource | null> {
  return room.template_id ? templateNode.loader(context).load(room.template_id) : null;
}

/** A template's roles by name: the vendor's map has no order of its own. */
export function rolesOfTemplate(template: TemplateResource): readonly RoleOfTemplate[] {
  return Object.entries(template.roles ?? {})
    .map(([name, resource]) => ({ templateId: template.id, name, resource }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export function roleOfTemplate(template: TemplateResource | null, name: string): RoleOfTemplate | null {
  const roles = template?.roles;
  if (template == null || roles == null || !Object.hasOwn(roles, name)) return null;
  const resource = roles[name];
  return resource === undefined ? null : { templateId: template.id, name, resource };
}

/** The role that a room's template has under `name`. */
export async function roleOfRoom(
  roomId: string,
  name: string,
  context: Context,
): Promise<RoleOfTemplate | null> {
  const room = await roomNode.loader(context).load(roomId);
  return room === null ? null : roleOfTemplate(await templateOfRoom(room, context), name);
}

export function templateOfRole(role: RoleOfTemplate, context: Context): Promise<TemplateResource | null> {
  return templateNode.loader(context).load(role.templateId);
}

/** Refetches a role by the local id of its Node: template id and name. */
export async function roleByNodeId(localId: string, context: Context): Promise<RoleOfTemplate | null> {
  const [templateId, name] = splitPair(localId);
  return roleOfTemplate(await templateNode.loader(context).load(templateId), name);
}

export function recordingConfigsOfTemplate(
  template: TemplateResource,
  context: Context,
): Promise<RecordingConfigResource[]> {
  return recordingConfigsLoader(context).load(template.id);
}

/** The vendor's map by name as a list, in the order of the names. */
export function byName<T>(map: Readonly<Record<string, T>> | null | undefined): T[] {
  return Object.entries(map ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, element]) => element);
}
