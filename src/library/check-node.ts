// The first import of the library: on a Node that is too old, importing the package fails with one sentence. The modules after it would
// fail there with errors that say nothing of the version.
import { nodeFault } from '../node-version.ts';

const fault = nodeFault();
if (fault !== null) throw new Error(fault);
