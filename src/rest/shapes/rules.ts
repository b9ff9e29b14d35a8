// Messages for refused inputs that say what is right. The validator's own messages do not always: "must match pattern …".
import type { ErrorObject } from 'ajv/dist/2020.js';

/** The patterns of the OpenAPI document that values of writes must match. */
const patterns: Readonly<Record<string, string>> = {
  '^[A-Za-z0-9.\\-:_]+$': 'must be one or more of the characters A-Z, a-z, 0-9, ".", "-", ":" and "_"',
  '^[A-Za-z0-9 .\\-:_]+$':
    'must be one or more of the characters A-Z, a-z, 0-9, space, ".", "-", ":" and "_"',
  '^rtmps?://': 'must begin with "rtmp://" or "rtmps://"',
  '^[0-9*#a-d]$': 'must be one key of a phone: 0 to 9, "*", "#", or "a" to "d"',
};

const formats: Readonly<Record<string, string>> = {
  uri: 'must be a URL with its scheme, such as "https://example.com/hook"',
  'date-time': 'must be a time of RFC 3339 with its offset, such as "2026-01-31T12:00:00Z"',
};

const limits: Readonly<Record<string, (limit: number) => string>> = {
  minimum: (limit) => `must be ${limit} or more`,
  maximum: (limit) => `must be ${limit} or less`,
  minLength: (limit) => `must have at least ${counted(limit, 'character')}`,
  maxLength: (limit) => `must have at most ${counted(limit, 'character')}`,
  minItems: (limit) => `must have at least ${counted(limit, 'item')}`,
  maxItems: (limit) => `must have at most ${counted(limit, 'item')}`,
};

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** The rule that a value breaks, as the end of a sentence that begins with its name. Does not quote the value. */
export function ruleOf({ keyword, params, message = 'is invalid' }: ErrorObject): string {
  if (keyword === 'pattern') return patterns[String(params['pattern'])] ?? message;
  if (keyword === 'format') return formats[String(params['format'])] ?? message;
  if (keyword === 'enum' && Array.isArray(params['allowedValues']))
    return `must be one of ${params['allowedValues'].map((value) => JSON.stringify(value)).join(', ')}`;
  return limits[keyword]?.(Number(params['limit'])) ?? message;
}
