// The form of the vendor's ids, in answers and in inputs. Both use the same form, so every id that the gateway returns is
// accepted again. A value of any other form is not an id.

/**
 * The pattern of any id that the vendor may return, for a regular expression with the flag `u`: 1 to 200 characters without
 * blanks, control characters, lone surrogates and the characters that structure a URL. Peer ids have no fixed form, because
 * client SDKs make them: most are UUIDs, some are words.
 */
export const VENDOR_ID_PATTERN = String.raw`^(?!\.{1,2}$)[^\p{C}\p{Z}/\\?#%]{1,200}$`;

/** The pattern of a token that names the next page of a list: as long as a cursor of the graph can hold. */
export const TOKEN_PATTERN = String.raw`^[^\s\p{C}]{0,500}$`;

/** The pattern of the ids of rooms and templates, which stand before a colon in the global ids of what belongs to them. */
export const OWNER_ID_PATTERN = VENDOR_ID_PATTERN.replace('?#%', '?#%:');
