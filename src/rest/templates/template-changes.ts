// Successful writes of templates as values, and how each is applied to a read that may not show it yet.
import type { TemplateInput } from '../../openapi/types.ts';
import type { RecordingConfigResource, TemplateResource, TemplateRoleResource } from './templates.ts';

/** A write of a template. Each part is missing where the write did not touch it. */
export interface TemplateChange {
  /** Keys that were written as a whole. */
  readonly set?: TemplateInput & Partial<TemplateResource>;
  /** Names of roles that were removed. */
  readonly removedRoles?: readonly string[];
  /** Roles that were created or replaced, by name. */
  readonly roles?: Readonly<Record<string, TemplateRoleResource>>;
  /** Settings that were written; other settings stay. */
  readonly settings?: NonNullable<TemplateResource['settings']>;
}

/** The template with the write over it. */
export function changedTemplate(read: TemplateResource, change: TemplateChange): TemplateResource {
  const { set, removedRoles, roles, settings } = change;
  const changed: TemplateResource = { ...read, ...set };
  if (removedRoles !== undefined || roles !== undefined) {
    changed.roles = { ...withoutKeys(changed.roles, removedRoles), ...roles };
  }
  if (settings !== undefined) changed.settings = { ...changed.settings, ...settings };
  return changed;
}

/** The recording configurations that were written; none: the template is new, so that a read may not find it. */
export type RecordingConfigsChange = readonly RecordingConfigResource[];

/** The recording configurations of a template with the write over them. */
export function changedRecordingConfigs(
  read: readonly RecordingConfigResource[],
  written: RecordingConfigsChange,
): readonly RecordingConfigResource[] {
  return written.length === 0 ? read : written;
}

/** The map without these names; empty for a missing map. */
export function withoutKeys<T>(
  map: Readonly<Record<string, T>> | null | undefined,
  names: readonly string[] | null | undefined,
): Record<string, T> {
  const removed = new Set(names);
  return Object.fromEntries(Object.entries(map ?? {}).filter(([name]) => !removed.has(name)));
}
