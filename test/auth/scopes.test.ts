// The names of scopes, of groups of scopes, and what each includes.
import { describe, expect, it } from 'vitest';
import { anyone, seesRoom } from '../../src/auth/caller.ts';
import { allScopes, parseScopes, scopeFamilies } from '../../src/auth/scopes.ts';

const scopesOf = (...names: string[]) => [...parseScopes(names).scopes].sort();

describe('a name of a scope', () => {
  it('to read includes no other scope', () => {
    expect(scopesOf('rooms:read', 'room-codes:read')).toEqual(['room-codes:read', 'rooms:read']);
  });

  it.each(['peers:write', 'peers:*'])('%s includes reading and writing of its family', (name) => {
    expect(scopesOf(name)).toEqual(['peers:read', 'peers:write']);
  });

  it('to read every family includes no scope to write', () => {
    expect(scopesOf('*:read')).toEqual(scopeFamilies.map((family) => `${family}:read`).sort());
  });

  it.each(['*', '*:*', '*:write'])('%s includes all scopes', (name) => {
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
  ])('that does not exist, `%s`, is reported and includes no scope', (name) => {
    expect(parseScopes(['polls:read', name])).toEqual({
      scopes: new Set(['polls:read']),
      unknown: [name],
    });
  });
});

describe('a caller', () => {
  const bound = { ...anyone, rooms: new Set(['r1', 'r2']) };

  it('who is bound to no room sees every room', () => {
    expect(seesRoom(anyone, 'r1')).toBe(true);
  });

  it('bound to rooms sees only those', () => {
    expect(['r1', 'r2', 'r3', ''].map((room) => seesRoom(bound, room))).toEqual([true, true, false, false]);
    expect(seesRoom({ ...anyone, rooms: new Set() }, 'r1')).toBe(false);
  });

  it('who is a participant sees only their room', () => {
    const participant = { ...bound, participant: { roomId: 'r2', userId: 'ada', role: null } };
    expect(['r1', 'r2', 'r3'].map((room) => seesRoom(participant, room))).toEqual([false, true, false]);
  });
});
