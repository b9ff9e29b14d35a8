// Changes of the schema since the last release: a breaking one must be in the changelog.
import { expect, test } from 'vitest';
import { untoldBreakingChanges } from '../../scripts/schema-changes.ts';

const released = `
  type Query { room(id: ID!): Room }
  type Room { id: ID!, name: String!, peers(first: Int): [String!] }
`;
const removed = released.replace('name: String!, ', '');
const required = released.replace('first: Int', 'first: Int!');
const added = released.replace('name:', 'title: String, name:');
const changelog = (unreleased: string) =>
  `# Changelog\n\n## [Unreleased]\n\n${unreleased}\n\n## [0.1.0]\n\n- Field Room.name was removed.\n`;

test('a removed field and an argument that became required are told by name', () => {
  expect(untoldBreakingChanges(released, removed, changelog(''))).toEqual(['Field Room.name was removed.']);
  expect(untoldBreakingChanges(released, required, changelog(''))).toEqual([
    'Argument Room.peers(first:) has changed type from Int to Int!.',
  ]);
});

test('an added field breaks nothing', () => {
  expect(untoldBreakingChanges(released, added, changelog(''))).toEqual([]);
});

test('a breaking change passes if the section of the coming release has it, and only then', () => {
  const told =
    '- **Breaking:** field `Room.name` has gone. Field\n  `Room.name` was removed: use `Room.title`.';
  expect(untoldBreakingChanges(released, removed, changelog(told))).toEqual([]);
  expect(untoldBreakingChanges(released, required, changelog(told))).toHaveLength(1);
  expect(untoldBreakingChanges(released, removed, '# Changelog\n')).toHaveLength(1);
});
