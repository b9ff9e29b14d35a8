// What fields and types require of their callers: the option `access`, and values for it. Every root field and every Node type
// must have it (`node(id)` reaches any Node). Other types need none, because they are reached only through these. The
// requirements are data in `extensions.access` of the field or type; resolvers/access.ts checks them.
import SchemaBuilder, {
  BasePlugin,
  PothosSchemaError,
  type FieldNullability,
  type InputFieldMap,
  type InputShapeFromFields,
  type PothosInterfaceTypeConfig,
  type PothosObjectTypeConfig,
  type PothosOutputFieldConfig,
  type PothosTypeConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import type { GraphQLFieldResolver, GraphQLIsTypeOfFn } from 'graphql';
import { refusalOf, type Access } from '../resolvers/access.ts';
import type { Context } from '../resolvers/context.ts';
import type { Scope, ScopeFamily } from '../src/auth/scopes.ts';

/** Requires the scope to read one family of the REST API, such as `rooms:read`. */
export function reads(family: ScopeFamily): { readonly scope: Scope } {
  return { scope: `${family}:read` };
}

/** Requires the scope to change one family of the REST API, such as `rooms:write`. */
export function writes(family: ScopeFamily): { readonly scope: Scope } {
  return { scope: `${family}:write` };
}

/** Refuses callers who are bound to rooms: for fields whose object belongs to the workspace as a whole. */
export const ofWorkspace = { room: () => null } as const;

declare global {
  // Pothos' plugins add their options by merging into this namespace.
  namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      access: AccessPlugin<Types>;
    }
    interface ObjectTypeOptions<Types extends SchemaTypes, Shape> {
      /** What every object of the type requires of the caller, however it is reached. */
      access?: Access<Shape>;
    }
    interface InterfaceTypeOptions<Types extends SchemaTypes, Shape> {
      /** The `access` of every object type that implements the interface. */
      access?: Access<Shape>;
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
      /** What the field requires of the caller, before its resolver runs. */
      access?: Access<ParentShape, InputShapeFromFields<Args>>;
    }
  }
}

type Resolver = GraphQLFieldResolver<unknown, object, object>;

/**
 * Checks `access`: of a field before its resolver runs, of a subscription when it begins, and of a type in its `isTypeOf`, so
 * that an object that the caller may not see is one error at its place. What has no `access` is not wrapped.
 */
class AccessPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onTypeConfig(config: PothosTypeConfig): PothosTypeConfig {
    if (config.kind !== 'Object' && config.kind !== 'Interface') return config;
    const access = this.#accessOfType(config);
    return access === undefined ? config : { ...config, extensions: { ...config.extensions, access } };
  }

  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { access } = config.pothosOptions;
    return access === undefined ? config : { ...config, extensions: { ...config.extensions, access } };
  }

  override wrapResolve(resolve: Resolver, { kind, pothosOptions }: PothosOutputFieldConfig<Types>): Resolver {
    // A subscription is checked when it begins; nothing that the check depends on changes between its events.
    return kind === 'Subscription' ? resolve : guarded(resolve, pothosOptions.access);
  }

  override wrapSubscribe(
    subscribe: Resolver | undefined,
    { kind, pothosOptions }: PothosOutputFieldConfig<Types>,
  ): Resolver | undefined {
    // Pothos asks about every field; only those of a subscription have something to wrap.
    return kind === 'Subscription' && subscribe !== undefined
      ? guarded(subscribe, pothosOptions.access)
      : subscribe;
  }

  override wrapIsTypeOf(
    isTypeOf: GraphQLIsTypeOfFn<unknown, object> | undefined,
    config: PothosObjectTypeConfig,
  ): GraphQLIsTypeOfFn<unknown, object> | undefined {
    const access = this.#accessOfType(config);
    if (access === undefined) return isTypeOf;
    // So an executor may leave out `isTypeOf` where it knows that the caller passes the check.
    if (isTypeOf !== undefined) throw new PothosSchemaError(`${config.name} has both access and isTypeOf.`);
    return (object, context) => {
      const refusal = refusalFor(access, object, undefined, context);
      return refusal instanceof Promise ? refusal.then(passed) : passed(refusal);
    };
  }

  /** Its own, or that of the interface that it implements. */
  #accessOfType({
    pothosOptions,
    interfaces,
  }: PothosObjectTypeConfig | PothosInterfaceTypeConfig): Access | undefined {
    if (pothosOptions.access !== undefined) return pothosOptions.access;
    const inherited = interfaces.map((ref) => this.buildCache.getTypeConfig(ref, 'Interface'));
    return inherited.find((config) => config.pothosOptions.access !== undefined)?.pothosOptions.access;
  }
}

function guarded(resolve: Resolver, access: Access | undefined): Resolver {
  if (access === undefined) return resolve;
  return (parent, args, context, info) => {
    const refusal = refusalFor(access, parent, args, context);
    if (refusal === null) return resolve(parent, args, context, info);
    if (!(refusal instanceof Promise)) throw refusal;
    return refusal.then((late) => passed(late) && resolve(parent, args, context, info));
  };
}

function refusalFor(access: Access, parent: unknown, args: unknown, context: object) {
  // The builder's `Context`; Pothos gives plugins it as a type parameter that is only known to be an object.
  return refusalOf(access, parent, args, context as Context);
}

/** @throws the refusal, if there is one. */
function passed(refusal: Error | null): true {
  if (refusal !== null) throw refusal;
  return true;
}

/** The name of the plugin, for the builder's list. */
export const accessPlugin = 'access';

SchemaBuilder.registerPlugin(accessPlugin, AccessPlugin);
