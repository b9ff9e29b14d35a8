// The artifacts of the example for Relay are those of its documents. `relay-compiler` is not among the packages of this repository,
// as it is some 120 MB. To renew them: `npx relay-compiler@21.0.1 relay.config.json` in examples/relay.
import { readFileSync } from 'node:fs';
import { parse, print, validate, visit } from 'graphql';
import { expect, it } from 'vitest';
import livePeers from '../../examples/relay/__generated__/livePeersSubscription.graphql.ts';
import liveTracks from '../../examples/relay/__generated__/liveTracksQuery.graphql.ts';
import liveRoom from '../../examples/relay/__generated__/liveRoomQuery.graphql.ts';
import { schema } from '../../schema/index.ts';

const source = readFileSync(new URL('../../examples/relay/live.ts', import.meta.url), 'utf8');
const documents = [...source.matchAll(/graphql`(.*?)`/gs)].map(([, text = '']) => text);

/** A document followed by the fragments that it spreads. */
function withFragments(document: string): string {
  const fragments = documents.filter((other) => {
    const name = /^\s*fragment (\w+)/.exec(other)?.[1];
    return name !== undefined && document.includes(`...${name} `);
  });
  return [document, ...fragments].join('\n');
}

/** The text without directives and without what the compiler adds. */
function written(text: string): string {
  const bare = visit(parse(text), {
    Directive: () => null,
    Field(field) {
      if (['__typename', 'pageInfo'].includes(field.name.value)) return null;
      const isEdges = field.name.value === 'edges';
      const kept = field.selectionSet?.selections.filter(
        (one) => !(isEdges && one.kind === 'Field' && one.name.value === 'cursor'),
      );
      return kept === undefined
        ? undefined
        : { ...field, selectionSet: { kind: 'SelectionSet' as const, selections: kept } };
    },
  });
  return print(bare);
}

it.each([liveRoom, livePeers, liveTracks])(
  'are of the present text, and valid ($params.name)',
  ({ params }) => {
    expect(documents.map(withFragments).map(written)).toContain(written(params.text ?? ''));
    expect(validate(schema, parse(params.text ?? ''))).toEqual([]);
  },
);
