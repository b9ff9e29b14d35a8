// The forms that variables may have, each with the sentence that tells the operator what is wrong.
import { z } from 'zod';
import { parseRange } from '../address-ranges.ts';

export const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });

/** A whole number between two bounds, written in decimal digits. */
export function wholeNumber(minimum: number, maximum: number) {
  return z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${minimum} to ${maximum}`)
    .transform(Number)
    .refine(
      (value) => value >= minimum && value <= maximum,
      `must be a whole number from ${minimum} to ${maximum}`,
    );
}

export const onOff = z
  .enum(['on', 'off'], { error: 'must be `on` or `off`' })
  .transform((value) => value === 'on');
export const port = wholeNumber(0, 65_535);
export const interval = wholeNumber(50, 3_600_000);

export const commaList = z.string().transform((value) =>
  value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ''),
);

export const origins = commaList.refine(
  (entries) => entries.every((entry) => URL.canParse(entry) && new URL(entry).origin === entry),
  'must be a comma list of origins such as https://app.example.com',
);

export const proxyRanges = commaList.refine(
  (entries) => entries.every((entry) => parseRange(entry) !== null),
  'must be a comma list of addresses, CIDRs such as 10.0.0.0/8 (not /0), `loopback` and `private`',
);
