// Writes of templates: reads a template before it is written, and records successful writes, which are applied to later reads
// because these may lag behind.
import type { TemplateInput } from '../../src/openapi/types.ts';
import { filledIn } from '../../src/rest/catalog/written.ts';
import {
  changedTemplate,
  withoutKeys,
  type TemplateChange,
} from '../../src/rest/templates/template-changes.ts';
import { idOf, walkPages } from '../../src/rest/shapes/pages.ts';
import {
  getRole,
  listTemplates,
  type TemplateResource,
  type TemplateRoleResource,
} from '../../src/rest/templates/templates.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import { orNull } from '../loaders.ts';
import { NotFoundError, outcomeOf } from '../outcomes.ts';
import { templateNode } from './template-node.ts';
import { recordingConfigsLoader } from './templates.ts';

/** The message of a mutation whose template does not exist. */
export const NO_TEMPLATE = 'The template does not exist.';

/** A successful write of a template. */
export interface TemplateWrite {
  /** The template as it was read before the write. */
  readonly before: TemplateResource;
  readonly change: TemplateChange;
}

/** The change to a template that was written as a whole. */
export function wholeChange(body: TemplateInput, answer: TemplateResource): TemplateChange {
  return { set: { ...body, ...filledIn(answer) } };
}

/** The template's role with this name; null if it has none. */
export function roleIn({ roles }: TemplateResource, name: string): TemplateRoleResource | null {
  return roles != null && Object.hasOwn(roles, name) ? (roles[name] ?? null) : null;
}

/** `{ [key]: map without names }`; an empty object for a missing or null map, so that spreading it adds no key. */
export function without<Key extends string, T>(
  key: Key,
  map: Readonly<Record<string, T>> | null | undefined,
  names: readonly string[] | null | undefined,
): { [K in Key]?: Record<string, T> } {
  if (map == null) return {};
  // An object literal with a computed key is typed by `string`, not by the key.
  return { [key]: withoutKeys(map, names) } as { [K in Key]?: Record<string, T> };
}

/** The template before a write, from memory where it is cached. @throws NotFoundError for an unknown template. */
export async function templateBefore(id: string, context: Context): Promise<TemplateResource> {
  const template = await templateNode.loader(context).load(id);
  if (template === null) throw new NotFoundError(NO_TEMPLATE);
  return template;
}

/** The template before a write. The part that the write replaces is read from the REST API now. */
export async function withPart(
  id: string,
  context: Context,
  readPart: (template: TemplateResource) => Promise<Partial<TemplateResource>>,
): Promise<TemplateResource> {
  const template = await templateBefore(id, context);
  return context.catalog.templateToPatch(id, async () => ({ ...template, ...(await readPart(template)) }));
}

/**
 * The template before a write of a role. The role is read now; if it does not exist, the template is returned without
 * it.
 */
export function withRole(id: string, name: string, context: Context): Promise<TemplateResource> {
  const call = { ...context.call, fresh: true };
  return withPart(id, context, async ({ roles }) => {
    const role = await orNull(getRole(context.client, id, name, call));
    return { roles: { ...withoutKeys(roles, [name]), ...(role === null ? {} : { [name]: role }) } };
  });
}

/** The most pages of 100 templates to search for a name. */
const MAX_NAME_PAGES = 50;

/** Whether a template has the name, without regard to case: one REST call for every 100 templates. */
export async function templateExists(name: string, context: Context): Promise<boolean> {
  const pages = walkPages((page) => listTemplates(context.client, page, context.call), {
    keyOf: idOf,
    maxPages: MAX_NAME_PAGES,
  });
  for await (const page of pages) {
    if (page.items.some((template) => template.name.toLowerCase() === name.toLowerCase())) return true;
  }
  return false;
}

/**
 * Writes a template. Returns the template that was read before, with the write applied, because another read could lag behind or
 * fail.
 */
export async function changeTemplate(
  templateId: string,
  context: Context,
  write: (id: string) => Promise<TemplateWrite>,
  missing = NO_TEMPLATE,
): Promise<TemplateResource> {
  const id = hmsIdOf('Template', 'templateId', templateId);
  const { before, change } = await outcomeOf({
    missing,
    write: () => write(id),
    forget: () => forgetTemplate(id, context),
  });
  context.catalog.wroteTemplate(id, change);
  const after = changedTemplate(before, change);
  // The vendor's answer to the write of a part has no time.
  return after.updatedAt === before.updatedAt ? { ...after, updatedAt: '' } : after;
}

/** Drops the cached values of a template that was written. */
export function forgetTemplate(id: string, context: Context): void {
  context.catalog.wroteTemplate(id, null);
  templateNode.loader(context).clear(id);
  recordingConfigsLoader(context).clear(id);
}
