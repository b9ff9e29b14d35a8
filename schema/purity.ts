// Declarations on fields and types that an executor may rely on. A field can be pure: then its result may be reused for the same
// object. The objects of a type can be kept in memory: then it is worthwhile to store results for reuse.
//
// A field is pure if its result depends only on the source object, and not on arguments, the context or the time. Reuse is
// correct because no code modifies a source object: a change creates a new object. Access is not part of purity: a field with
// `access` cannot be pure, and the `access` of the objects that a pure field returns must still be checked.
// test/schema/purity.test.ts checks that the declarations are true.
import SchemaBuilder, {
  BasePlugin,
  PothosSchemaError,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type PothosTypeConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import { encodeGlobalId } from '../resolvers/ids.ts';

/** Whether something holds: for all source objects, or for those of which the function says so. */
type Holds<Source> = boolean | ((source: Source) => boolean);

declare global {
  // Pothos' plugins add their options by merging into this namespace.
  namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      purity: PurityPlugin<Types>;
    }
    interface ObjectTypeOptions<Types extends SchemaTypes, Shape> {
      /** Whether operations meet the same objects again, because they are kept in memory for seconds. Default: false. */
      isKept?: Holds<Shape>;
    }
    interface FieldOptions<
      Types extends SchemaTypes,
      ParentShape,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveShape,
      ResolveReturnShape,
    > {
      /** Whether the field is pure. Default: true for a field made by `t.expose...` without `access`, otherwise false. */
      pure?: Holds<ParentShape>;
    }
  }
}

/** How Relay's plugin keeps the options of a Node: with the function that gives the local id of an object. */
interface NodeOptions {
  readonly id?: { readonly resolve: (source: unknown) => string };
}

/**
 * Puts `pure` and `isKept` into the `extensions` of fields and types: true, or the function of the source; without them the
 * answer is no. The `id` of a Node is pure and is answered at once: Relay's own resolver makes a promise for each object.
 */
class PurityPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onTypeConfig(config: PothosTypeConfig): PothosTypeConfig {
    if (config.kind !== 'Object') return config;
    const { isKept = false } = config.pothosOptions;
    return isKept === false ? config : { ...config, extensions: { ...config.extensions, isKept } };
  }

  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const resolve = config.name === 'id' ? this.#globalIdOf(config.parentType) : undefined;
    if (resolve !== undefined) {
      const extensions = { ...config.extensions, pothosOriginalResolve: resolve, pure: true };
      return { ...config, resolve, extensions };
    }
    const { access, pure = access === undefined && config.extensions?.['pothosExposedField'] !== undefined } =
      config.pothosOptions;
    if (pure === false) return config;
    if (access !== undefined) {
      throw new PothosSchemaError(
        `${config.parentType}.${config.name} has access, so its result depends on the caller.`,
      );
    }
    return { ...config, extensions: { ...config.extensions, pure } };
  }

  /** The resolver of a Node's `id`; undefined for types that are no Nodes. */
  #globalIdOf(typename: string): ((source: unknown) => string) | undefined {
    const { id } = this.buildCache.getTypeConfig(typename).pothosOptions as NodeOptions;
    return id === undefined ? undefined : (source) => encodeGlobalId(typename, id.resolve(source));
  }
}

/** The name of the plugin, for the builder's list. */
export const purityPlugin = 'purity';

SchemaBuilder.registerPlugin(purityPlugin, PurityPlugin);
