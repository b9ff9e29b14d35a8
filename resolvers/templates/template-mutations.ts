// Mutations of templates. The REST API replaces a part of a template completely, so a patch reads the part, merges the changes
// and writes it back. Source: the vendor's Policy (templates) API.
import type { RecordingConfig, TemplateDestinations, TemplateInput } from '../../src/openapi/types.ts';
import { filledIn } from '../../src/rest/catalog/written.ts';
import { checkedBody } from '../../src/rest/shapes/inputs.ts';
import { changedTemplate, withoutKeys } from '../../src/rest/templates/template-changes.ts';
import * as rest from '../../src/rest/templates/template-writes.ts';
import {
  getDestinations,
  getRecordingConfigsToPatch,
  getSettings,
  getTemplateToPatch,
  type TemplateResource,
} from '../../src/rest/templates/templates.ts';
import type { Context } from '../context.ts';
import { hmsIdOf } from '../ids.ts';
import type { IfExists } from '../inputs.ts';
import { afterWrite, ConflictError, outcomeOf } from '../outcomes.ts';
import {
  destinationsBody,
  merged,
  pluginsBody,
  recordingConfigBody,
  rolesBody,
  sendableSettings,
  settingsBody,
  type DestinationsInput,
  type PluginsInput,
  type RecordingConfigInput,
  type RemovedDestinations,
  type RoleInput,
  type SettingsInput,
} from './template-inputs.ts';
import { withoutNullish } from '../values.ts';
import { templateNode } from './template-node.ts';
import {
  changeTemplate,
  forgetTemplate,
  NO_TEMPLATE,
  templateBefore,
  templateExists,
  wholeChange,
  without,
  withPart,
} from './template-writes.ts';
import { recordingConfigsLoader } from './templates.ts';

interface TemplateParts {
  readonly name?: string | null | undefined;
  readonly roles?: readonly RoleInput[] | null | undefined;
  readonly settings?: SettingsInput | null | undefined;
  readonly destinations?: DestinationsInput | null | undefined;
  readonly plugins?: PluginsInput | null | undefined;
}

/**
 * Creates a template: 2 REST calls. The REST API would overwrite a template of the same name; with `FAIL` the list of
 * templates is searched first, at one call for every 100.
 * @throws ConflictError with `FAIL` if the name is taken; InvalidInputError.
 */
export async function createTemplate(
  input: TemplateParts & { readonly ifExists: IfExists },
  context: Context,
): Promise<TemplateResource> {
  const { name, ifExists } = input;
  const body = partsBody(input);
  // `rest.createTemplate` checks the body again. It is checked here so that an invalid input costs no search for its name.
  await outcomeOf({ missing: null, write: async () => checkedBody('createTemplate', body) });
  if (name != null && ifExists === 'FAIL' && (await templateExists(name, context))) {
    throw new ConflictError(`A template with the name ${JSON.stringify(name)} already exists.`);
  }
  const answer = await outcomeOf({
    missing: null,
    write: () => rest.createTemplate(context.client, body, context.call),
  });
  const change = wholeChange(body, answer);
  const created = changedTemplate(answer, change);
  context.catalog.wroteTemplate(answer.id, change, created);
  context.catalog.written.recordingConfigs.lay(answer.id, [], []);
  return afterWrite(templateNode.loader(context), answer.id, created);
}

/** Replaces a whole template: 2 REST calls. @throws NotFoundError, InvalidInputError. */
export async function replaceTemplate(
  input: TemplateParts & { readonly id: string },
  context: Context,
): Promise<TemplateResource> {
  const body = partsBody(input);
  const id = hmsIdOf('Template', 'templateId', input.id);
  const answer = await outcomeOf({
    missing: NO_TEMPLATE,
    write: () => rest.updateTemplate(context.client, id, body, context.call),
    forget: () => forgetTemplate(id, context),
  });
  const change = wholeChange(body, answer);
  context.catalog.wroteTemplate(id, change);
  return afterWrite(templateNode.loader(context), id, changedTemplate(answer, change));
}

/** Parts of a template to change; `removeRoles` applies after `roles`. */
export interface PatchTemplateInput extends TemplateParts {
  readonly id: string;
  readonly removeRoles?: readonly string[] | null | undefined;
}

/** Merges parts into a template: 2 REST calls, not atomic. @throws NotFoundError, InvalidInputError. */
export function patchTemplate(input: PatchTemplateInput, context: Context): Promise<TemplateResource> {
  const patch = partsBody(input);
  return changeTemplate(input.id, context, async (id) => {
    const before = await context.catalog.templateToPatch(id, () =>
      getTemplateToPatch(context.client, id, context.call),
    );
    const { name, roles, settings, destinations, plugins } = before;
    const stored = withoutNullish({
      name,
      roles,
      settings: sendableSettings(settings ?? {}),
      destinations,
      plugins,
    });
    const merge = merged<TemplateInput>(stored, patch);
    const body = { ...merge, roles: withoutKeys(merge.roles, input.removeRoles) };
    const answer = await rest.updateTemplate(context.client, id, body, context.call, { stored, patch });
    return { before, change: wholeChange(body, answer) };
  });
}

function partsBody({ name, roles, settings, destinations, plugins }: TemplateParts): TemplateInput {
  return withoutNullish({
    name,
    roles: roles == null ? null : rolesBody(roles),
    settings: settings == null ? null : settingsBody(settings),
    destinations: destinations == null ? null : destinationsBody(destinations, ['destinations']),
    plugins: plugins == null ? null : pluginsBody(plugins),
  });
}

/** Merges settings into a template's: 3 REST calls, not atomic. @throws NotFoundError, InvalidInputError. */
export function updateTemplateSettings(
  input: SettingsInput & { readonly templateId: string },
  context: Context,
): Promise<TemplateResource> {
  const { templateId, ...settings } = input;
  const patch = settingsBody(settings);
  return changeTemplate(templateId, context, async (id) => {
    const before = await withPart(id, context, async () => ({
      settings: await getSettings(context.client, id, { ...context.call, fresh: true }),
    }));
    const stored = sendableSettings(before.settings ?? {});
    const body = merged(stored, patch);
    const answer = await rest.updateSettings(context.client, id, body, context.call, { stored, patch });
    return { before, change: { settings: { ...body, ...filledIn(answer) } } };
  });
}

/** Adds, changes and removes destinations by name: 3 REST calls, not atomic. @throws NotFoundError, InvalidInputError. */
export function updateTemplateDestinations(
  input: DestinationsInput & RemovedDestinations & { readonly templateId: string },
  context: Context,
): Promise<TemplateResource> {
  const patch = destinationsBody(input, []);
  return changeTemplate(input.templateId, context, async (id) => {
    const before = await withPart(id, context, async () => ({
      destinations: await getDestinations(context.client, id, { ...context.call, fresh: true }),
    }));
    const whole = merged(before.destinations, patch);
    // The vendor refuses null for a map, although it may answer one.
    const body: TemplateDestinations = withoutNullish({
      ...whole,
      ...without('rtmpDestinations', whole.rtmpDestinations, input.removeRtmp),
      ...without('hlsDestinations', whole.hlsDestinations, input.removeHls),
      ...without('transcriptions', whole.transcriptions, input.removeTranscriptions),
    });
    const parts = { stored: before.destinations ?? null, patch };
    const answer = await rest.updateDestinations(context.client, id, body, context.call, parts);
    return { before, change: { set: { destinations: { ...body, ...filledIn(answer) } } } };
  });
}

/** Merges into the recording configuration: 3 REST calls, not atomic. The REST API has a list of at most one. */
export function updateRecordingConfig(
  input: RecordingConfigInput & { readonly templateId: string },
  context: Context,
): Promise<TemplateResource> {
  const { templateId, ...config } = input;
  const patch = recordingConfigBody(config);
  return changeTemplate(templateId, context, async (id) => {
    const before = await templateBefore(id, context);
    const { client, call, catalog } = context;
    recordingConfigsLoader(context).clear(id);
    const read = () => getRecordingConfigsToPatch(client, id, call);
    const [current] = await catalog.written.recordingConfigs.read(id, read);
    const body: RecordingConfig = merged(current, patch);
    const parts = { stored: current === undefined ? null : [current], patch: [patch] };
    const [answer] = await rest.updateRecordingConfigs(client, id, [body], call, parts);
    const written = [{ ...body, ...filledIn(answer ?? {}) }];
    catalog.written.recordingConfigs.lay(id, written, written);
    return { before, change: {} };
  });
}
