// What resolvers/access.ts decides about each `access` that the schema declares, without a server: for callers about whom
// scopes alone decide, at once and without looking at the object; and when the checks of an operation may be left out.
import * as fc from 'fast-check';
import { getNamedType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { isCleared, refusalOf, type Access } from '../../resolvers/access.ts';
import type { Context } from '../../resolvers/context.ts';
import { schema } from '../../schema/index.ts';
import { anyone, type Caller } from '../../src/auth/caller.ts';
import { allScopes, type Scope } from '../../src/auth/scopes.ts';
import { fuzzRuns } from '../support/fuzz.ts';

interface Declared {
  readonly name: string;
  readonly access: Access;
}

/** Every `access` of the schema with the name of its field or type. */
function declarations(of: GraphQLSchema): Declared[] {
  const types = Object.values(of.getTypeMap()).filter((type) => isObjectType(type) || isInterfaceType(type));
  const fields = types.flatMap((type) =>
    Object.values(type.getFields()).map(({ name, extensions }) => ({
      name: `${type.name}.${name}`,
      extensions,
    })),
  );
  return [...types, ...fields].flatMap(({ name, extensions }) => {
    const { access } = extensions as { readonly access?: Access };
    return access === undefined ? [] : [{ name, access }];
  });
}

const declared = declarations(schema);

/** Fails the test if anything of it is read. */
function untouchable(what: string): object {
  return new Proxy(
    {},
    {
      get: (_target, key) => {
        throw new Error(`${what} was read: ${String(key)}`);
      },
    },
  );
}

/** A context of which only the caller may be read. */
function contextOf(caller: Caller): Context {
  return Object.create(untouchable('the context'), { caller: { value: caller } }) as Context;
}

const withScopes = (...scopes: readonly Scope[]): Caller => ({ ...anyone, scopes: new Set(scopes) });
const bound: Caller = { ...anyone, rooms: new Set(['0123456789abcdef01234567']) };
const participant: Caller = {
  ...anyone,
  participant: { roomId: '0123456789abcdef01234567', userId: 'ada', role: null },
};

/** The decision without a parent; arguments are empty, and may be read for `alsoScope` alone. */
function decide(access: Access, caller: Caller) {
  const args = access.alsoScope === undefined ? untouchable('an argument') : { input: {} };
  return refusalOf(access, untouchable('the parent'), args, contextOf(caller));
}

describe('for callers about whom scopes alone decide, an access', () => {
  it.each(declared)('of $name asks for its scope and reads nothing', ({ access }) => {
    expect(decide(access, withScopes(access.scope))).toBeNull();
    const others = allScopes.filter((scope) => scope !== access.scope);
    expect(decide(access, withScopes(...others))).toMatchObject({
      message: `This needs the scope \`${access.scope}\`.`,
      extensions: { code: 'FORBIDDEN', scope: access.scope },
    });
  });

  it('is found in all families', () => {
    expect(declared.length).toBeGreaterThan(100);
  });
});

describe('a second scope', () => {
  it('is asked for before the first, if the arguments require it', () => {
    const access: Access = {
      scope: 'rooms:read',
      alsoScope: (_parent, args) => (args === 'lock' ? 'rooms:write' : null),
    };
    const decisions = (...scopes: readonly Scope[]) =>
      ['lock', 'leave'].map((args) => refusalOf(access, null, args, contextOf(withScopes(...scopes))));
    const lacks = (scope: Scope) => expect.objectContaining({ extensions: { code: 'FORBIDDEN', scope } });
    expect(decisions('rooms:read', 'rooms:write')).toEqual([null, null]);
    expect(decisions('rooms:read')).toEqual([lacks('rooms:write'), null]);
    expect(decisions()).toEqual([lacks('rooms:write'), lacks('rooms:read')]);
  });

  it('is declared only by mutations, which no executor clears', () => {
    const names = declared.filter(({ access }) => access.alsoScope !== undefined).map(({ name }) => name);
    expect(names).toEqual(['Mutation.endRoom']);
  });
});

describe('an operation is cleared', () => {
  it('for a caller with all its scopes who is not bound to rooms and no participant', () => {
    expect(isCleared(['rooms:read', 'peers:read'], withScopes('peers:read', 'rooms:read'))).toBe(true);
    expect(isCleared(['rooms:read', 'peers:read'], withScopes('rooms:read'))).toBe(false);
    expect(isCleared([], withScopes())).toBe(true);
    expect([bound, participant].map((caller) => isCleared([], caller))).toEqual([false, false]);
  });

  it('exactly if each of its checks passes, for callers about whom scopes alone decide', () => {
    const some = declared.filter(({ access }) => access.alsoScope === undefined);
    fc.assert(
      fc.property(fc.subarray(some), fc.subarray([...allScopes]), (selected, scopes) => {
        const caller = withScopes(...scopes);
        const passes = selected.map(({ access }) => decide(access, caller) === null);
        expect(isCleared(new Set(selected.map(({ access }) => access.scope)), caller)).toBe(
          passes.every(Boolean),
        );
      }),
      fuzzRuns(200),
    );
  });
});

/** The parts of a built type or field that tell how the plugin wrapped it. */
interface Built {
  readonly extensions: { readonly access?: Access; readonly pothosResolveWrapped?: boolean };
}

describe('the schema', () => {
  const objects = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .filter(({ name }) => !name.startsWith('__'));

  it('gives an `isTypeOf` to the types with access and to no other', () => {
    const wrong = objects.filter(
      (type) => (type.isTypeOf != null) !== ((type as Built).extensions.access !== undefined),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('finds the type of every value without asking `isTypeOf`, which is access alone', () => {
    const asking = Object.values(schema.getTypeMap()).flatMap((type) => {
      if (!isInterfaceType(type)) return [];
      const { pothosConfig } = type.extensions as {
        readonly pothosConfig: { readonly resolveType?: unknown };
      };
      const guarded = schema.getPossibleTypes(type).some(({ isTypeOf }) => isTypeOf != null);
      return guarded && pothosConfig.resolveType === undefined ? [type.name] : [];
    });
    expect(asking).toEqual([]);
  });

  it('leaves the resolvers of fields without access and without declared failures as they are', () => {
    const wrapped = objects.flatMap((type) => {
      if (type === schema.getSubscriptionType()) return [];
      return Object.values(type.getFields()).flatMap((field) => {
        const { access, pothosResolveWrapped } = (field as Built).extensions;
        const mayFail = type === schema.getMutationType();
        return pothosResolveWrapped === (access !== undefined || mayFail)
          ? []
          : [`${type.name}.${field.name}: ${getNamedType(field.type).name}`];
      });
    });
    expect(wrapped).toEqual([]);
  });
});
