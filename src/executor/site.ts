// One field of one object while its value is written: its place in the result, and the arguments for its resolver and its types.
import type { GraphQLResolveInfo } from 'graphql';
import { takesMoreThan } from './parameters.ts';
import type { FieldPlan } from './plan.ts';
import type { Path, Run } from './run.ts';
import type { Shape } from './shapes.ts';

/** One field of one object while its value is written. */
export interface Site {
  readonly run: Run;
  readonly plan: FieldPlan;
  /** The field's place; items of its list have places below it. */
  readonly path: Path;
  /** Null until a resolver or a type asks for it. */
  info: GraphQLResolveInfo | null;
}

/** The place of a field of the object at `prev`. */
export function pathOf(plan: FieldPlan, prev: Path | undefined): Path {
  return { prev, key: plan.key, typename: plan.parentType.name };
}

/** The `info` of a field, made once for its object. */
export function infoOf(site: Site): GraphQLResolveInfo {
  site.info ??= site.run.infoOf(site.plan, site.path);
  return site.info;
}

/** The place of an item of the list at `prev`. */
export function itemPath(prev: Path, key: number): Path {
  return { prev, key, typename: undefined };
}

/** The `info` for a function that gets it as third argument; null, despite the type, for a function that cannot read it. */
export function infoFor(asked: (...args: never[]) => unknown, site: Site): GraphQLResolveInfo {
  return takesMoreThan(2, asked) ? infoOf(site) : (null as unknown as GraphQLResolveInfo);
}

/** Whether a value is written as null. Throws if it is an error, or must not be null. */
export function isNull(plan: FieldPlan, shape: Shape, value: unknown): boolean {
  if (value instanceof Error) throw value;
  if (value !== null && value !== undefined) return false;
  if (!shape.isNonNull) return true;
  throw new Error(`Cannot return null for non-nullable field ${plan.parentType.name}.${plan.field.name}.`);
}
