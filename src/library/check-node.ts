// The first import of the library: on a version of Node that is too old, importing the package fails with one sentence about it.
// The modules after this one would fail with errors that do not mention the version.
import { nodeFault } from '../node-version.ts';

const fault = nodeFault();
if (fault !== null) throw new Error(fault);
