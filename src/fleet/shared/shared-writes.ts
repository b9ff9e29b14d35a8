// Lets clients read their own writes, whichever instance answers the next query. When an instance drops objects from its cache
// because of a write, and applies the write to reads (src/rest/catalog/write-effects.ts), it broadcasts this, and the others do
// the same. A mutation is answered when Redis has accepted the broadcast, so the message is on its way to the others before the
// client can send them a query.
//
// Why this is correct: Redis delivers a message to all subscribers before it acknowledges it, and each instance handles its
// messages in order. If an instance misses a message, because Redis is unavailable or slower than 50 ms, it treats the write like
// a change that was made outside the gateway: its cached copy may be up to 5 s old, and the vendor's reads may lag.
//
// Secrets: a write may contain storage credentials or a stream key. These cannot be omitted, because a patch at another instance
// applies the write to the object that it has read, and writes the result back. So changes are encrypted with a key derived from
// the workspace's secret, which all instances have; ids are not encrypted.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { WriteEffect } from '../../rest/catalog/write-effects.ts';
import type { Secret } from '../../secret.ts';
import type { Fleet } from '../fleet.ts';

const KIND = 'writes';
/** The form of messages and changes: an instance of another one only drops what was written. */
const VERSION = '1';
/** How long a mutation waits for Redis at most, in milliseconds. */
const WAIT_MS = 50;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

interface Message {
  /** The object of each effect. Empty: reads that began before are older than a write. */
  readonly objects: readonly Pick<WriteEffect, 'of' | 'id'>[];
  /** The effects, as encrypted JSON in base64; null: they only drop objects. */
  readonly sealed: string | null;
}

/** Everything that `SharedWrites` needs. */
export interface SharedWritesOptions {
  readonly fleet: Fleet;
  readonly clock: Clock;
  /** The workspace's secret. */
  readonly secret: Secret;
  /** Does here what the writes of another instance did there. Called without effects if these are not known. */
  readonly repeat: (effects: readonly WriteEffect[]) => void;
}

/** Tells the writes of this instance to the others, and theirs to it, until `stop`. */
export class SharedWrites {
  readonly #options: SharedWritesOptions;
  readonly #key: Buffer;
  /** What the others have not been told; null: nothing. */
  #untold: WriteEffect[] | null = null;
  readonly #inFlight = new Set<Promise<void>>();
  readonly stop: () => void;

  constructor(options: SharedWritesOptions) {
    const { fleet, secret } = options;
    this.#options = options;
    this.#key = Buffer.from(hkdfSync('sha256', secret.reveal(), fleet.prefix, `writes ${VERSION}`, 32));
    // Sent by `#tell` of this or another version.
    this.stop = fleet.onBroadcast(KIND, (data) => options.repeat(this.#effectsOf(data as Message)));
  }

  /** Call with each effect of a write, and without one when a write has ended. It is told with others of the same turn. */
  note(effect?: WriteEffect): void {
    if (this.#untold === null) {
      this.#untold = [];
      setImmediate(() => this.#tell());
    }
    if (effect !== undefined) this.#untold.push(effect);
  }

  /** Resolves when Redis has taken all that was noted, at the latest after 50 ms; null if there is nothing to wait for. */
  told(): Promise<void> | null {
    this.#tell();
    if (this.#inFlight.size === 0) return null;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#options.clock.schedule(resolve, WAIT_MS);
    void Promise.all(this.#inFlight).then(() => resolve());
    return promise.finally(cancel);
  }

  #tell(): void {
    const effects = this.#untold;
    const { fleet } = this.#options;
    this.#untold = null;
    if (effects === null || !fleet.isConnected) return;
    const message: Message = {
      objects: effects.map(({ of, id }) => ({ of, id })),
      sealed: effects.every(({ change }) => change === null) ? null : this.#seal(effects),
    };
    const telling = fleet
      .broadcast(KIND, message)
      .catch(() => undefined)
      .finally(() => this.#inFlight.delete(telling));
    this.#inFlight.add(telling);
  }

  #seal(effects: readonly WriteEffect[]): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    const parts = [
      nonce,
      cipher.update(JSON.stringify(effects), 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ];
    return Buffer.concat(parts).toString('base64');
  }

  #effectsOf({ objects, sealed }: Message): readonly WriteEffect[] {
    try {
      if (sealed !== null) return this.#unseal(sealed);
    } catch {
      // Another version, or another secret while it is being replaced.
    }
    return objects.map((object) => ({ ...object, change: null, whole: null }));
  }

  #unseal(sealed: string): readonly WriteEffect[] {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    // The tag shows that an instance of the same version has sealed it.
    return JSON.parse(text.toString()) as readonly WriteEffect[];
  }
}
