// The templates of the workspace. Rules of the REST reference: names are unique, creating a template with a known
// name overwrites the known one, an update replaces the template as a whole.
import type { TemplateInput, TemplateRole } from '../../openapi/types.ts';
import type { TemplateRecord } from '../records.ts';
import { PastMap } from '../past.ts';
import type { Workspace } from '../workspace.ts';
import { completeRole, completeSettings, withoutFalseFlags } from './template-parts.ts';

type TemplateContent = Pick<TemplateRecord, 'name' | 'roles' | 'settings' | 'destinations' | 'plugins'>;
type TemplateChange = Partial<Omit<TemplateRecord, 'id' | 'createdAt' | 'updatedAt'>>;

const DEFAULT_ROLES = ['host', 'guest', 'teacher', 'student', 'speaker', 'audience'];

/** Holds the templates. Every change emits `template.changed`; methods that take an id throw if it is unknown. */
export class Templates {
  readonly #workspace: Workspace;
  readonly #templates: Map<string, TemplateRecord>;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#templates = new PastMap(workspace.past);
  }

  /** By id, oldest first. */
  get all(): ReadonlyMap<string, TemplateRecord> {
    return this.#templates;
  }

  /** The template with this id; throws a RangeError if it is unknown. */
  get(templateId: string): TemplateRecord {
    const template = this.#templates.get(templateId);
    if (template === undefined) throw new RangeError(`unknown template ${templateId}`);
    return template;
  }

  byName(name: string): TemplateRecord | undefined {
    return this.#templates.values().find((template) => template.name === name);
  }

  /** The template of rooms that name none: the oldest. Creates `default` if the workspace has no template. */
  default(): TemplateRecord {
    const [oldest] = this.#templates.values();
    const roles = Object.fromEntries(DEFAULT_ROLES.map((role) => [role, {}]));
    return oldest ?? this.create({ name: 'default', roles });
  }

  /** Creates a template, or overwrites the one with the same name. */
  create(input: TemplateInput = {}): TemplateRecord {
    const { ids } = this.#workspace;
    const name = input.name ?? ids.uuid();
    const known = this.byName(name);
    const now = this.#workspace.instant();
    return this.#keep({
      id: known?.id ?? ids.objectId(),
      recordings: known?.recordings ?? [],
      createdAt: known?.createdAt ?? now,
      updatedAt: now,
      ...contentOf(name, input),
    });
  }

  /** Replaces a template as a whole; without `name` it keeps its own. */
  replace(templateId: string, input: TemplateInput): TemplateRecord {
    const template = this.get(templateId);
    return this.change(templateId, contentOf(input.name ?? template.name, input));
  }

  /** Replaces the given parts of a template. */
  change(templateId: string, change: TemplateChange): TemplateRecord {
    const recordings = change.recordings?.map(withoutFalseFlags);
    return this.#keep({
      ...this.get(templateId),
      ...change,
      ...(recordings && { recordings }),
      updatedAt: this.#workspace.instant(),
    });
  }

  /** Creates or changes a role of a template; another `name` in the input renames it. */
  putRole(templateId: string, roleName: string, input: TemplateRole): TemplateRole {
    const role = completeRole(input.name ?? roleName, input);
    const roles = new Map(this.get(templateId).roles);
    if (input.name !== undefined && input.name !== roleName) roles.delete(roleName);
    roles.set(input.name ?? roleName, role);
    this.change(templateId, { roles });
    return role;
  }

  /** False if the template has no such role. */
  deleteRole(templateId: string, roleName: string): boolean {
    const roles = new Map(this.get(templateId).roles);
    const existed = roles.delete(roleName);
    if (existed) this.change(templateId, { roles });
    return existed;
  }

  #keep(template: TemplateRecord): TemplateRecord {
    this.#templates.set(template.id, template);
    this.#workspace.events.emit({ type: 'template.changed', template });
    return template;
  }
}

function contentOf(name: string, input: TemplateInput): TemplateContent {
  const roles = Object.entries(input.roles ?? {});
  return {
    name,
    roles: new Map(roles.map(([roleName, role]) => [roleName, completeRole(roleName, role)])),
    settings: completeSettings(input.settings ?? {}),
    destinations: input.destinations ?? {},
    plugins: input.plugins,
  };
}
