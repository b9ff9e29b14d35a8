// What a caller may see, as one text. Callers of equal rights get equal answers, so an answer may serve them all.
import type { Caller } from './caller.ts';

/**
 * Equal for two callers exactly if they have the same scopes in the same rooms. Participants of one room have equal rights to
 * read, whatever their roles; that each is connected must be checked apart.
 */
export function rightsOf({ scopes, rooms, participant }: Caller): string {
  const kind = participant === null ? 'scopes' : 'participant';
  return JSON.stringify([kind, [...scopes].sort(), rooms === null ? null : [...rooms].sort()]);
}
