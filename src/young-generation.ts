// Keeps V8's young generation small while the gateway starts. Nearly all that a start makes stays, and V8 takes that for the
// load to come: it lets the young generation grow, and never takes memory back while nothing happens. Held, an idle
// gateway needs 25 MB less; under load the young generation grows as it always does. `npm start` lets each of its three parts grow
// to 16 MB (`--max-semi-space-size`) and not to V8's 64 MB: what thousands of subscriptions keep when they come would fill these.
import { setFlagsFromString } from 'node:v8';

/** The young generation keeps its size, 2 MB at first, until `releaseYoungGeneration`. */
export function holdYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** The young generation grows again where it must: by V8's default, to twice its size. */
export function releaseYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
