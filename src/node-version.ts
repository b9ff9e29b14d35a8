// Which Node the package runs on. The command and the library look here before they load anything else, so this file imports
// nothing and has only syntax that Node 14 can parse.

/** One sentence that says which Node is needed and which one this is; null if this one will do. */
export function nodeFault(): string | null {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 9)) return null;
  return `hms-gateway needs Node 24.9 or later, and this is Node ${node} (${process.execPath}).`;
}
