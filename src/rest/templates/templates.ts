// Reads of templates: the roles, settings and destinations that rooms are created with. The vendor calls them policies.
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

/** A template as received; its keys are in camelCase, unlike all other resources. Essential keys: `id`, `name`. */
export type TemplateResource = Template;
/** A role as received: what its peers may publish, see and do. Any key may be missing. */
export type TemplateRoleResource = TemplateRole;
/** A template's settings as received, among them the region and storage credentials. Any key may be missing. */
export type SettingsResource = TemplateSettings;
/** A template's destinations as received: maps by kind, keyed by name. Empty if nothing is configured. */
export type DestinationsResource = TemplateDestinations;
/** How recordings are made, as received. Any key may be missing. */
export type RecordingConfigResource = RecordingConfig;

/** Essential keys of a template. */
export const templateEssentials = { Template: ['id', 'name'] } as const;
const answerOf = answersWith(templateEssentials);
const listShape = answerOf<ListAnswer<TemplateResource>>('listTemplates');
const templateShape = answerOf<TemplateResource>('getTemplate');
const recordingsShape = answerOf<readonly RecordingConfigResource[]>('getRecordingConfigs');
// Patches read these and write them back as a whole.
const partOf = answersWith(templateEssentials, { isWrittenBack: true });
const wholeTemplateShape = partOf<TemplateResource>('getTemplate');
const roleShape = partOf<TemplateRoleResource>('getRole');
// These may be `{}`: nothing is configured.
const configuredOf = answersWith({}, { isWrittenBack: true, mayBeEmpty: true });
const settingsShape = configuredOf<SettingsResource>('getSettings');
const destinationsShape = configuredOf<DestinationsResource>('getDestinations');
const wholeRecordingsShape = partOf<readonly RecordingConfigResource[]>('getRecordingConfigs');

/** Lists the workspace's templates, newest first, each complete except for its recording configuration. */
export async function listTemplates(
  client: RestClient,
  params: PageRequest,
  options?: CallOptions,
): Promise<Page<TemplateResource>> {
  const query = { limit: params.limit, start: params.start };
  return pageOf(await client.get({ route: '/templates', query, shape: listShape }, options), params.limit);
}

/** Reads one template. @throws RestNotFoundError for an unknown template. */
export function getTemplate(
  client: RestClient,
  templateId: string,
  options?: CallOptions,
): Promise<TemplateResource> {
  const path = { template_id: templateId };
  return client.get({ route: '/templates/{template_id}', path, shape: templateShape }, options);
}

/**
 * Reads one template to write it back. The read is never shared, as those for display are repaired more freely.
 * @throws RestBadResponseError where a repair would lose a value; RestNotFoundError for an unknown template.
 */
export function getTemplateToPatch(
  client: RestClient,
  templateId: string,
  options: CallOptions,
): Promise<TemplateResource> {
  const path = { template_id: templateId };
  const request = { route: '/templates/{template_id}', path, shape: wholeTemplateShape };
  return client.get(request, { ...options, fresh: true });
}

/** Reads one role by its name. @throws RestNotFoundError for an unknown template or role. */
export function getRole(
  client: RestClient,
  templateId: string,
  roleName: string,
  options?: CallOptions,
): Promise<TemplateRoleResource> {
  const path = { template_id: templateId, role_name: roleName };
  return client.get({ route: '/templates/{template_id}/roles/{role_name}', path, shape: roleShape }, options);
}

/** Reads a template's settings. @throws RestNotFoundError for an unknown template. */
export function getSettings(
  client: RestClient,
  templateId: string,
  options?: CallOptions,
): Promise<SettingsResource> {
  const path = { template_id: templateId };
  return client.get({ route: '/templates/{template_id}/settings', path, shape: settingsShape }, options);
}

/** Reads a template's destinations. @throws RestNotFoundError for an unknown template. */
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
 * Reads how rooms of this template are recorded; empty if nothing is configured.
 * @throws RestNotFoundError for an unknown template.
 */
export function getRecordingConfigs(
  client: RestClient,
  templateId: string,
  options?: CallOptions,
): Promise<readonly RecordingConfigResource[]> {
  const path = { template_id: templateId };
  return client.get({ route: '/templates/{template_id}/recordings', path, shape: recordingsShape }, options);
}

/** Like `getTemplateToPatch`, for recording configurations. */
export function getRecordingConfigsToPatch(
  client: RestClient,
  templateId: string,
  options: CallOptions,
): Promise<readonly RecordingConfigResource[]> {
  const path = { template_id: templateId };
  const request = { route: '/templates/{template_id}/recordings', path, shape: wholeRecordingsShape };
  return client.get(request, { ...options, fresh: true });
}
