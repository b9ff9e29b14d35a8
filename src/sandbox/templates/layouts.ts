// The layouts of the Prebuilt app, one for each role of a template. In the vendor's product they are edited in the dashboard,
// here by tests.
import type { UiLayout } from '../../openapi/types.ts';
import { stateOf } from '../family.ts';
import { Ids } from '../ids.ts';

/** The properties of a layout that can be edited. */
type LayoutChange = Partial<Pick<UiLayout, 'themes' | 'typography' | 'logo' | 'screens' | 'options'>>;

/** Holds the layouts by template and role. A layout gets its id when it is first asked for. */
class Layouts {
  readonly #ids: Ids;
  readonly #appId: string;
  readonly #layouts = new Map<string, UiLayout>();

  constructor(seed: number, appId: string) {
    this.#ids = new Ids(`layouts:${seed}`);
    this.#appId = appId;
  }

  /** The layout of a role; a new one is dark and without a logo. */
  of(templateId: string, role: string): UiLayout {
    const known = this.#layouts.get(`${templateId}:${role}`);
    return known ?? this.#put({ ...this.#blank(), template_id: templateId, role });
  }

  /** Replaces parts of the layout of a role. */
  change(templateId: string, role: string, change: LayoutChange): UiLayout {
    return this.#put({ ...this.of(templateId, role), ...change });
  }

  #blank(): Omit<UiLayout, 'role'> {
    const palette = { primary_default: '#2572ED', background_default: '#0B0E15' };
    return {
      id: this.#ids.objectId(),
      app_id: this.#appId,
      themes: [{ name: 'Theme1', default: true, theme_type: 'THEME_TYPE_DARK', palette }],
      typography: { font_family: 'Inter' },
      logo: { url: '' },
      screens: {
        preview: { skip_preview_screen: false },
        conferencing: { default: { elements: { chat: {} } } },
      },
      options: {},
    };
  }

  #put(layout: UiLayout): UiLayout {
    this.#layouts.set(`${layout.template_id}:${layout.role}`, layout);
    return layout;
  }
}

/** The layouts of a world. */
export const layoutsOf = stateOf((world) => new Layouts(world.seed, world.appId));
