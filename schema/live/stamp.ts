// What the subscriptions whose events come from polling have in common: the cursor of an event, and the argument to resume after
// a cursor.

/** Options of the field `cursor`. */
export const cursor = {
  description:
    'The position of this event; pass it as `after` to a new subscription, which then goes on after it.',
} as const;

/** Options of the argument `after`. */
export const after = {
  description:
    'The cursor of the last event that the client received: the subscription goes on after it, or sends a snapshot if it cannot. Over SSE the header `Last-Event-ID` does the same and takes precedence.',
} as const;
