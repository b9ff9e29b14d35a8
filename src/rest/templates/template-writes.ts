// Creates and changes templates and their parts. A write of a template replaces it. Whether a write of a part merges is
// not documented, so callers always send the whole part. Source: the vendor's "Policy" pages.
import type {
  RecordingConfig,
  TemplateDestinations,
  TemplateInput,
  TemplateRole,
  TemplateSettings,
} from '../../openapi/types.ts';
import type { CallOptions, RestClient } from '../client/client.ts';
import { checkedBody, type MergedFrom } from '../shapes/inputs.ts';
import { answersWith, noContent } from '../shapes/shapes.ts';
import { templateEssentials, type TemplateResource } from './templates.ts';

const answerOf = answersWith(templateEssentials);
// Documented: `{}` when nothing is configured.
const mayBeEmptyOf = answersWith({}, { mayBeEmpty: true });
const createdShape = answerOf<TemplateResource>('createTemplate');
const updatedShape = answerOf<TemplateResource>('updateTemplate');
const roleShape = answerOf<TemplateRole>('putRole');
const settingsShape = answerOf<TemplateSettings>('updateSettings');
const destinationsShape = mayBeEmptyOf<TemplateDestinations>('updateDestinations');
const recordingsShape = answerOf<readonly RecordingConfig[]>('updateRecordingConfigs');

/**
 * Creates a template. A template of the same name is overwritten.
 * @throws RestInputError before anything is sent.
 */
export async function createTemplate(
  client: RestClient,
  input: TemplateInput,
  options?: CallOptions,
): Promise<TemplateResource> {
  const body = checkedBody('createTemplate', input);
  return client.post({ route: '/templates', body, shape: createdShape }, options);
}

/**
 * Replaces a template; the vendor requires `roles` and `settings`.
 * @throws RestInputError before anything is sent; RestNotFoundError for an unknown template.
 */
export async function updateTemplate(
  client: RestClient,
  templateId: string,
  input: TemplateInput,
  options?: CallOptions,
  merged?: MergedFrom,
): Promise<TemplateResource> {
  const body = checkedBody('updateTemplate', input, merged);
  const path = { template_id: templateId };
  return client.post({ route: '/templates/{template_id}', path, body, shape: updatedShape }, options);
}

/** Creates or changes a role; another `name` in `input` renames it. Throws as `updateTemplate`. */
export async function putRole(
  client: RestClient,
  templateId: string,
  roleName: string,
  input: TemplateRole,
  options?: CallOptions,
  merged?: MergedFrom,
): Promise<TemplateRole> {
  const body = checkedBody('putRole', input, merged);
  const path = { template_id: templateId, role_name: roleName };
  const route = '/templates/{template_id}/roles/{role_name}';
  return client.post({ route, path, body, shape: roleShape }, options);
}

/** Writes all settings of a template. Throws as `updateTemplate`. */
export async function updateSettings(
  client: RestClient,
  templateId: string,
  input: TemplateSettings,
  options?: CallOptions,
  merged?: MergedFrom,
): Promise<TemplateSettings> {
  const body = checkedBody('updateSettings', input, merged);
  const path = { template_id: templateId };
  const route = '/templates/{template_id}/settings';
  return client.post({ route, path, body, shape: settingsShape }, options);
}

/** Writes all destinations of a template. Throws as `updateTemplate`. */
export async function updateDestinations(
  client: RestClient,
  templateId: string,
  input: TemplateDestinations,
  options?: CallOptions,
  merged?: MergedFrom,
): Promise<TemplateDestinations> {
  const body = checkedBody('updateDestinations', input, merged);
  const path = { template_id: templateId };
  const route = '/templates/{template_id}/destinations';
  return client.post({ route, path, body, shape: destinationsShape }, options);
}

/** Writes the recording configurations of a template; the vendor accepts at most one. Throws as `updateTemplate`. */
export async function updateRecordingConfigs(
  client: RestClient,
  templateId: string,
  input: readonly RecordingConfig[],
  options?: CallOptions,
  merged?: MergedFrom,
): Promise<readonly RecordingConfig[]> {
  const body = checkedBody('updateRecordingConfigs', [...input], merged);
  const path = { template_id: templateId };
  const route = '/templates/{template_id}/recordings';
  return client.post({ route, path, body, shape: recordingsShape }, options);
}

/** Deletes a role. @throws RestNotFoundError for an unknown role or template. */
export function deleteRole(
  client: RestClient,
  templateId: string,
  roleName: string,
  options?: CallOptions,
): Promise<void> {
  const path = { template_id: templateId, role_name: roleName };
  return client.delete(
    { route: '/templates/{template_id}/roles/{role_name}', path, shape: noContent },
    options,
  );
}
