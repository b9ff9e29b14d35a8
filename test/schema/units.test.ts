// The unit of a number is in its name, by one suffix: `Seconds`, `Ms`, `Bytes`, `Kbps`, `Percent`. Widths and heights are in
// pixels and frame rates in frames a second: these words are the unit. Exceptions have a reason.
import { getNamedType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schemaMembers, type Member } from '../support/schema-members.ts';

const numbers = schemaMembers.filter(({ type }) => ['Int', 'Float'].includes(getNamedType(type).name));

/** The words for each unit in descriptions, and the suffix of names with that unit. */
const units = [
  { unit: 'seconds', says: /(?<!a )\bseconds?\b(?! of each)|\bminutes?\b|\bhours?\b/i, ends: /Seconds$/ },
  { unit: 'milliseconds', says: /\bmilliseconds?\b|\d ms\b/i, ends: /Ms$/ },
  { unit: 'bytes', says: /\b([kM]?[Bb]ytes?|kB|MB)\b/, ends: /Bytes$/ },
  { unit: 'kbit/s', says: /\bbits?\b|bit\/s|\bbitrate\b/i, ends: /Kbps$/ },
  { unit: 'percent', says: /\bpercent\b|%/i, ends: /Percent$/ },
  { unit: 'pixels', says: /\bpixels?\b/i, ends: /width$|height$/i },
  { unit: 'frames a second', says: /\b(frames|pictures) a second\b/i, ends: /^fps$|frameRate$|Framerate$/i },
] as const;

/** Numbers without a unit in their name, each with its reason. */
const exceptions: Readonly<Record<string, string>> = {
  'Peer.duration': 'the contract of the graph: whole seconds',
  'Session.duration': 'the contract of the graph: whole seconds',
  'PollParticipation.duration': 'the vendor documents no unit',
  'PollResponse.duration': 'the vendor documents no unit',
  'PollResult.duration': 'the vendor documents no unit',
};

const nameOf = ({ where, name }: Member) => `${where}.${name}`;
const isAmiss = (number: Member) =>
  units.some(({ says, ends }) => says.test(number.description) && !ends.test(number.name)) &&
  !units.some(({ says, ends }) => says.test(number.description) && ends.test(number.name));

describe('a number', () => {
  it('has its unit in its name, unless a reason is given', () => {
    const amiss = numbers.filter((number) => isAmiss(number) && !(nameOf(number) in exceptions));
    expect(amiss.map((number) => `${nameOf(number)}: ${number.description}`)).toEqual([]);
    expect(numbers.filter(({ name }) => units.some(({ ends }) => ends.test(name))).length).toBeGreaterThan(
      70,
    );
  });

  it('with a unit in its name has it in its description, and no other', () => {
    const suffix = units.filter(({ unit }) => unit !== 'pixels' && unit !== 'frames a second');
    const wrong = numbers.filter(({ name, description }) =>
      suffix.some(({ says, ends }) => ends.test(name) && !says.test(description)),
    );
    expect(wrong.map((number) => `${nameOf(number)}: ${number.description}`)).toEqual([]);
  });

  it('called a duration, a size or a rate has a unit, unless a reason is given', () => {
    const vague = numbers.filter(
      (number) =>
        /(duration|timeout|interval|bitrate|period)$/i.test(number.name) && !(nameOf(number) in exceptions),
    );
    expect(vague.map(nameOf)).toEqual([]);
  });

  it('is listed as an exception only if it is one', () => {
    const needed = new Set(
      numbers.filter((number) => isAmiss(number) || number.name === 'duration').map(nameOf),
    );
    expect(Object.keys(exceptions).filter((name) => !needed.has(name))).toEqual([]);
  });
});
