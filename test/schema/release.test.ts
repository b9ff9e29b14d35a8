// The versions of a release, and its changelog.
import { expect, test } from 'vitest';
import {
  programVersion,
  releasedChangelog,
  schemaVersion,
  unreleasedEntries,
} from '../../scripts/release/versions.ts';
import { releasedText } from '../../scripts/schema-changes.ts';

const graph = 'type Query { room(id: ID!): String }';
const more = 'type Query { room(id: ID!): String, peer: String }';
const less = 'type Query { peer: String }';
const described = '"""All."""\ntype Query { "A room." room(id: ID!): String }';
const released = releasedText(graph, '1.4.2');

test('a field that is added makes a new minor version of the schema, one that is removed a new major version', () => {
  expect(schemaVersion('1.4.2', released, more)).toBe('1.5.0');
  expect(schemaVersion('1.4.2', released, less)).toBe('2.0.0');
  expect(schemaVersion('1.4.2', released, described)).toBe('1.4.2');
});

test('the first release keeps the version that the schema has', () => {
  expect(schemaVersion('1.0.0', graph, less)).toBe('1.0.0');
});

test('the program is counted by itself', () => {
  expect(programVersion('0.1.0', undefined, false)).toBe('0.1.0');
  expect(programVersion('0.1.0', undefined, true)).toBe('0.1.1');
  expect(programVersion('0.9.9', 'minor', true)).toBe('0.10.0');
  expect(programVersion('0.9.9', 'major', true)).toBe('1.0.0');
  expect(programVersion('0.9.9', '0.10.0', true)).toBe('0.10.0');
  expect(() => programVersion('0.10.0', '0.9.0', true)).toThrow('0.9.0 is not newer than 0.10.0');
  expect(() => programVersion('0.1.0', '0.1.0', true)).toThrow('not newer');
  expect(() => programVersion('0.1.0', 'v2', true)).toThrow('three numbers such as 0.2.0; not v2');
});

test('what was unreleased belongs to the version', () => {
  const changelog = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A $& field.\n';
  expect(unreleasedEntries(changelog)).toBe('### Added\n\n- A $& field.');
  const after = releasedChangelog(changelog, '0.2.0', '1.1.0', '2027-01-02');
  expect(after).toBe(
    '# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2027-01-02\n\nThe schema has the version 1.1.0.\n\n### Added\n\n- A $& field.\n',
  );
  expect(unreleasedEntries(after)).toBe('');
});
