// The rights of a caller as one text. Callers with equal rights get equal answers, so they can share an answer.
import type { Caller } from './caller.ts';

/**
 * Equal for two callers exactly if they have the same scopes in the same rooms. Participants of one room have equal rights to
 * read, whatever their roles. Whether each of them is connected must be checked separately.
 */
export function rightsOf(caller: Caller): string {
  const known = rights.get(caller);
  if (known !== undefined) return known;
  const text = writeRights(caller);
  rights.set(caller, text);
  return text;
}

/** By caller: all requests with the same API key have the same object. */
const rights = new WeakMap<Caller, string>();

function writeRights({ scopes, rooms, participant }: Caller): string {
  const kind = participant === null ? 'scopes' : 'participant';
  return JSON.stringify([kind, [...scopes].sort(), rooms === null ? null : [...rooms].sort()]);
}
