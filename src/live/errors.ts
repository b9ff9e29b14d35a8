// The errors that a caller of the live core can cause. Failures of the REST API are not among them: then a subscription reports
// that it is stale, and continues.

/** `after` is malformed, or a cursor of another subscription. Thrown at the call, before anything is watched. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
}

/** The REST API has no room of this id. Rejects the first `next()` of a subscription to it. */
export class UnknownRoomError extends Error {
  override readonly name = 'UnknownRoomError';
  readonly roomId: string;

  constructor(roomId: string) {
    super('The room does not exist.');
    this.roomId = roomId;
  }
}

/** A webhook's body has another shape than documented. The message names the key, never its value. */
export class InvalidWebhookError extends Error {
  override readonly name = 'InvalidWebhookError';
}
