// Reads `Accept`: chooses the media type of an answer, for all routes and refusals. No other file reads this header. Libraries
// such as negotiator sort the types but do not return their weights, which are needed here: a stream is sent only if its weight
// is higher. Source: RFC 9110 section 12.5.1.
import type { MIMEType } from 'node:util';
import type { PartsFormat } from '../operation/engine.ts';
import { isUtf8, parseMediaType } from './media-type.ts';

/** A media type of a JSON answer. */
export type JsonType = 'application/json' | 'application/graphql-response+json';

/** A media type in which a single result can be sent. */
export type AnswerType = JsonType | 'text/event-stream' | 'multipart/mixed';

/** The media types of answers. All are sent in UTF-8. */
export const answerTypes: readonly AnswerType[] = [
  'application/json',
  'application/graphql-response+json',
  'text/event-stream',
  'multipart/mixed',
];

/** How well a media type fits an `Accept` header. */
interface Fit {
  /** 0: not accepted; 1: the highest weight. */
  readonly weight: number;
  /** Higher for a named type than for `type/*`, and lowest for `*` + `/*`. Among equals, a range with a parameter is higher. */
  readonly specificity: number;
  /** The position of the media range in the header. */
  readonly position: number;
}

const REFUSED: Fit = { weight: 0, specificity: 0, position: 0 };
const ANY: Fit = { weight: 1, specificity: 0, position: 0 };

/**
 * The media type for one result, for example of a query: JSON if a JSON type is accepted and `text/event-stream` does not have
 * a higher weight, else the stream, else multipart. Null: the client accepts none of them. A missing or empty header
 * accepts all.
 */
export function singleResultType(accept: string | null | undefined): AnswerType | null {
  const fits = fitsOf(accept);
  const json = bestJson(fits);
  const stream = fits('text/event-stream');
  if (json.weight > 0 && json.weight >= stream.weight) return json.type;
  if (stream.weight > 0) return 'text/event-stream';
  return fits('multipart/mixed').weight > 0 ? 'multipart/mixed' : null;
}

/** How an answer in parts is sent. */
export interface PartsType {
  readonly type: 'multipart/mixed' | 'text/event-stream';
  readonly format: PartsFormat;
  /** The parameter by which the client asked for the format; null if it did not. */
  readonly parameter: string | null;
}

/**
 * How an answer in parts is sent, for a query with `@defer` or `@stream`: as multipart or a stream of events: a type that the
 * client names explicitly (not by a wildcard), with at least the weight of JSON. Null: the answer is sent whole.
 */
export function partsType(accept: string | null | undefined): PartsType | null {
  if (accept == null) return null;
  const fits = fitsOf(accept);
  const [parts, stream, json] = [fits('multipart/mixed'), fits('text/event-stream'), bestJson(fits)];
  const isWanted = ({ weight, specificity }: Fit) =>
    specificity >= NAMED && weight > 0 && weight >= json.weight;
  if (isWanted(parts) && !(isWanted(stream) && stream.weight > parts.weight)) {
    return { type: 'multipart/mixed', ...formatOf(accept) };
  }
  return isWanted(stream) ? { type: 'text/event-stream', format: 'ids', parameter: null } : null;
}

/** The parameters of `multipart/mixed` that name a format. */
const PARAMETERS: readonly { readonly parameter: string; readonly format: PartsFormat }[] = [
  // https://specs.apollo.dev/incremental/v0.2
  { parameter: 'incrementalSpec=v0.2', format: 'ids' },
  // https://github.com/graphql/graphql-spec/tree/48cf7263a71a683fab03d45d309fd42d8d9a6659/spec
  { parameter: 'deferSpec=20220824', format: 'paths' },
];

function formatNamed([name, value]: readonly [string, string]) {
  const named = `${name}=${value}`.toLowerCase();
  return PARAMETERS.find(({ parameter }) => parameter.toLowerCase() === named);
}

/**
 * The format that the range of the highest weight names. By default the older format, as in Yoga's own answers, because clients
 * that send no parameter know only this one (GraphiQL, graphql-tools) or both (urql).
 */
function formatOf(accept: string): Pick<PartsType, 'format' | 'parameter'> {
  const [asked] = rangesOf(accept)
    .filter(({ range, weight }) => weight > 0 && matches(range, 'multipart/mixed'))
    .sort((a, b) => b.weight - a.weight)
    .flatMap(({ range }) => [...range.params].flatMap((param) => formatNamed(param) ?? []));
  return asked ?? { format: 'paths', parameter: null };
}

/** The media type for a refusal, which is never a stream: the accepted JSON type; `application/json` if neither is accepted. */
export function refusalType(accept: string | null | undefined): JsonType {
  return bestJson(fitsOf(accept)).type;
}

/** Whether the client accepts server-sent events, with any weight above 0. */
export function acceptsStream(accept: string | null | undefined): boolean {
  return fitsOf(accept)('text/event-stream').weight > 0;
}

/** Whether `text/html` has a higher weight than each type of an answer, as in the header that browsers send for a page. */
export function prefersPage(accept: string | null | undefined): boolean {
  const fits = fitsOf(accept);
  const { weight } = fits('text/html');
  return answerTypes.every((type) => weight > fits(type).weight);
}

/** If weights are equal, the type that is named more specifically wins, then the one named first, then `application/json`. */
function bestJson(fits: (type: string) => Fit): Fit & { readonly type: JsonType } {
  const plain = { type: 'application/json', ...fits('application/json') } as const;
  const response = {
    type: 'application/graphql-response+json',
    ...fits('application/graphql-response+json'),
  } as const;
  const order =
    response.weight - plain.weight ||
    response.specificity - plain.specificity ||
    plain.position - response.position;
  return order > 0 ? response : plain;
}

/** Reads a header. The returned function says how well a media type (in lower case, without parameters) fits it. */
function fitsOf(accept: string | null | undefined): (type: string) => Fit {
  if (accept == null || accept.trim() === '') return () => ANY;
  const ranges = rangesOf(accept);
  return (type) => {
    const matching = ranges.filter(({ range }) => matches(range, type));
    return matching.reduce<Fit>((best, next) => (isCloser(next, best) ? next : best), REFUSED);
  };
}

/** The most specific range that matches decides. If the same range occurs twice, its higher weight counts. */
function isCloser(next: Fit, best: Fit): boolean {
  return (next.specificity - best.specificity || next.weight - best.weight) > 0;
}

interface MediaRange extends Fit {
  readonly range: MIMEType;
}

/** One media range: everything up to the next comma outside a quoted string. */
const LIST_MEMBER = /(?:[^",]|"(?:[^"\\]|\\.)*"?)+/g;

/** The valid media ranges of a header; others are ignored. */
function rangesOf(accept: string): readonly MediaRange[] {
  return [...accept.matchAll(LIST_MEMBER)].flatMap(([text], position) => {
    const range = parseMediaType(text);
    if (range === null) return [];
    const weight = weightOf(range.params.get('q'));
    range.params.delete('q');
    return [{ range, weight, specificity: specificityOf(range), position }];
  });
}

/** The value of `q`, also with more digits than RFC 9110 allows; 1 if it is missing or not a number from 0 to 1. */
export function weightOf(q: string | null): number {
  return q === null || !/^(\d+\.?\d*|\.\d+)$/.test(q) ? 1 : Math.min(1, Number(q));
}

/** The specificity of a range that names a type. */
const NAMED = 3;

/** 1 to 3 for wildcards and a named type, and a half more for parameters; 0 means that a range does not match. */
function specificityOf({ essence, params }: MIMEType): number {
  const named = essence === '*/*' ? 1 : essence.endsWith('/*') ? 2 : NAMED;
  return params.keys().next().done === true ? named : named + 0.5;
}

/**
 * A range with a parameter matches only answers that have this parameter: all have `charset=utf-8`, multipart answers also one
 * that names their format.
 */
function matches(range: MIMEType, type: string): boolean {
  const { essence, params } = range;
  const isNamed = essence === type || essence === '*/*' || essence === type.replace(/\/.*/, '/*');
  const isKnown = (param: [string, string]) =>
    param[0] === 'charset' || (type === 'multipart/mixed' && formatNamed(param) !== undefined);
  return isNamed && isUtf8(range) && [...params].every(isKnown);
}
