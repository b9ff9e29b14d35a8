// Long values of one key are left out of a JSON body, wherever its chunks end.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeavingOut } from '../../../src/rest/shapes/left-out.ts';
import { fuzzRuns } from '../../support/fuzz.ts';

function pushed(body: string, maxValueBytes: number, cuts: readonly number[] = []): unknown {
  const leavingOut = new LeavingOut('peers', maxValueBytes);
  const bytes = Buffer.from(body);
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  const kept = ends.flatMap((end, index) => leavingOut.push(bytes.subarray(ends[index - 1] ?? 0, end)));
  return JSON.parse(Buffer.concat(kept).toString());
}

describe('a long value', () => {
  it.each([
    ['an object', '{"a":{"b":"}]"}}', 16],
    ['a list', '[1,[2,"]"],{"peers":3}]', 23],
    ['a text', '"a \\"long\\" text"', 17],
    ['with blanks around it', '  { "a" : 1 }  ', 15],
  ])('that is %s is left out with its size', (_what, value, bytes) => {
    const body = `{"data":[{"id":"1","peers":${value},"active":true},{"id":"2","peers":{}}],"last":"2"}`;
    expect(pushed(body, 5)).toEqual({
      data: [
        { id: '1', peers: null, left_out: bytes, active: true },
        { id: '2', peers: {} },
      ],
      last: '2',
    });
  });

  it('is kept under another key, at another depth, and as a text that looks like the key', () => {
    const text = '"a text of more than five bytes"';
    const body = `{"peers":${text},"data":[{"peersx":${text},"peer":${text},"x":"peers","y":{"peers":${text}},"\\"peers":${text}}]}`;
    expect(pushed(body, 5)).toEqual(JSON.parse(body));
  });

  it('of exactly the allowed number of bytes is kept', () => {
    expect(pushed('{"data":[{"peers":12345}]}', 5)).toEqual({ data: [{ peers: 12345 }] });
    expect(pushed('{"data":[{"peers":123456}]}', 5)).toEqual({ data: [{ peers: null, left_out: 6 }] });
  });

  it('is left out of any JSON, and no other value is, wherever the chunks end', () => {
    const keys = fc.oneof(fc.constantFrom('peers', 'peer', 'id'), fc.string());
    const elements = fc.array(fc.dictionary(keys, fc.jsonValue({ maxDepth: 3 })), { maxLength: 5 });
    const cuts = fc.array(fc.nat(), { maxLength: 20 });
    fc.assert(
      fc.property(elements, fc.jsonValue(), cuts, fc.nat({ max: 40 }), (data, peers, ends, most) => {
        const isLong = (value: unknown) => Buffer.byteLength(JSON.stringify(value)) > most;
        const expected = data.map((element) => {
          const { peers: value, ...others } = element;
          if (!Object.hasOwn(element, 'peers') || !isLong(value)) return element;
          return { ...others, peers: null, left_out: Buffer.byteLength(JSON.stringify(value)) };
        });
        const read = pushed(JSON.stringify({ peers, data }), most, ends);
        // Written and parsed once, because JSON does not preserve `-0` and `__proto__`.
        expect(read).toEqual(JSON.parse(JSON.stringify({ peers, data: expected })));
      }),
      fuzzRuns(300),
    );
  });
});
