// The names that stand for scopes.
import { describe, expect, it } from 'vitest';
import { anyone, seesRoom } from '../../src/auth/caller.ts';
import { allScopes, parseScopes, scopeFamilies } from '../../src/auth/scopes.ts';

const scopesOf = (...names: string[]) => [...parseScopes(names).scopes].sort();

describe('a name of a scope', () => {
  it('to read is that scope alone', () => {
    expect(scopesOf('rooms:read', 'room-codes:read')).toEqual(['room-codes:read', 'rooms:read']);
  });

  it.each(['peers:write', 'peers:*'])('%s means writing and reading of its family', (name) => {
    expect(scopesOf(name)).toEqual(['peers:read', 'peers:write']);
  });

  it('to read every family writes in none', () => {
    expect(scopesOf('*:read')).toEqual(scopeFamilies.map((family) => `${family}:read`).sort());
  });

  it.each(['*', '*:*', '*:write'])('%s means all scopes', (name) => {
    expect(scopesOf(name)).toEqual([...allScopes].sort());
  });

  it.each([
    '',
    ' ',
    'rooms',
    'rooms:',
    ':read',
    ':',
    'room:read',
    'rooms:delete',
    'Rooms:read',
    ' rooms:read',
    'rooms:read:write',
    'rooms:*:x',
    '**',
    '*read',
    '__proto__',
    'constructor',
    'rooms:read,peers:read',
  ])('that does not exist, `%s`, is reported and grants nothing', (name) => {
    expect(parseScopes(['polls:read', name])).toEqual({
      scopes: new Set(['polls:read']),
      unknown: [name],
    });
  });
});

describe('a caller', () => {
  const bound = { ...anyone, rooms: new Set(['r1', 'r2']) };

  it('without rooms of their own sees every room', () => {
    expect(seesRoom(anyone, 'r1')).toBe(true);
  });

  it('bound to rooms sees those alone', () => {
    expect(['r1', 'r2', 'r3', ''].map((room) => seesRoom(bound, room))).toEqual([true, true, false, false]);
    expect(seesRoom({ ...anyone, rooms: new Set() }, 'r1')).toBe(false);
  });

  it('who is a participant sees their room alone', () => {
    const participant = { ...bound, participant: { roomId: 'r2', userId: 'ada', role: null } };
    expect(['r1', 'r2', 'r3'].map((room) => seesRoom(participant, room))).toEqual([false, true, false]);
  });
});
