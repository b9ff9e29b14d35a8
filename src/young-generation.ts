// Keeps V8's young generation small while the gateway starts. Nearly all objects of a start survive, and V8 takes this as a sign
// of high load: it enlarges the young generation, and does not release the memory while the process is idle. With this limit an
// idle gateway needs 25 MB less; under load the young generation grows as usual. `npm start` and src/cli/bin.ts allow each of its
// three parts to grow to 16 MB (`--max-semi-space-size`) instead of V8's 64 MB, because the surviving objects of thousands of new
// subscriptions would fill these.
import { setFlagsFromString } from 'node:v8';

/** The young generation keeps its size, 2 MB at first, until `releaseYoungGeneration`. */
export function holdYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** The young generation grows again where it must: by V8's default, to twice its size. */
export function releaseYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
