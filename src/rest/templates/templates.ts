// Templates ("policies" in the vendor's documents): roles, settings and destinations of rooms.
// Source: the vendor's "Policy" pages.
import type {
  RecordingConfig,
  Template,
  TemplateDestinations,
  TemplateRole,
  TemplateSettings,
} from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import type { ListAnswer, Page, PageRequest } from '../shapes/pages.ts';
import { pageOf } from '../shapes/pages.ts';
import { answersWith } from '../shapes/shapes.ts';

/** A template as received (camelCase keys). Of its keys only `id` and `name` are checked to be there. */
export type TemplateResource = Template;
export type TemplateRoleResource = TemplateRole;
export type SettingsResource = TemplateSettings;
export type DestinationsResource = TemplateDestinations;
export type RecordingConfigResource = RecordingConfig;

/** Of a template, in every answer that has one. */
export const templateEssentials = { Template: ['id', 'name'] } as const;
const answerOf = answersWith(templateEssentials);
const listShape = answerOf<ListAnswer<TemplateResource>>('listTemplates');
const templateShape = answerOf<TemplateResource>('getTemplate');
const roleShape = answerOf<TemplateRoleResource>('getRole');
const settingsShape = answerOf<SettingsResource>('getSettings');
const destinationsShape = answerOf<DestinationsResource>('getDestinations');
const recordingsShape = answerOf<readonly RecordingConfigResource[]>('getRecordingConfigs');

/** A page of the workspace's templates, newest first, each complete but for its recording configuration. */
export async function listTemplates(
  client: RestClient,
  params: PageRequest,
  options?: CallOptions,
): Promise<Page<TemplateResource>> {
  const query = { limit: params.limit, start: params.start };
  return pageOf(await client.get({ route: '/templates', query, shape: listShape }, options), params.limit);
}

/** @throws RestNotFoundError for a template that doesn't exist. */
export function getTemplate(
  client: RestClient,
  templateId: string,
  options?: CallOptions,
): Promise<TemplateResource> {
  const path = { template_id: templateId };
  return client.get({ route: '/templates/{template_id}', path, shape: templateShape }, options);
}

/** @throws RestNotFoundError for a template or a role that doesn't exist. */
export function getRole(
  client: RestClient,
  templateId: string,
  roleName: string,
  options?: CallOptions,
): Promise<TemplateRoleResource> {
  const path = { template_id: templateId, role_name: roleName };
  return client.get({ route: '/templates/{template_id}/roles/{role_name}', path, shape: roleShape }, options);
}

/** @throws RestNotFoundError for a template that doesn't exist. */
export function getSettings(
  client: RestClient,
  templateId: string,
  options?: CallOptions,
): Promise<SettingsResource> {
  const path = { template_id: templateId };
  return client.get({ route: '/templates/{template_id}/settings', path, shape: settingsShape }, options);
}

/** @throws RestNotFoundError for a template that doesn't exist. */
export function getDestinations(
  client: RestClient,
  templateId: string,
  options?: CallOptions,
): Promise<DestinationsResource> {
  const path = { template_id: templateId };
  return client.get(
    { route: '/templates/{template_id}/destinations', path, shape: destinationsShape },
    options,
  );
}

/**
 * How recordings of this template's rooms are made; empty where nothing is configured.
 * @throws RestNotFoundError for a template that doesn't exist.
 */
export function getRecordingConfigs(
  client: RestClient,
  templateId: string,
  options?: CallOptions,
): Promise<readonly RecordingConfigResource[]> {
  const path = { template_id: templateId };
  return client.get({ route: '/templates/{template_id}/recordings', path, shape: recordingsShape }, options);
}
