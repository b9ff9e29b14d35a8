// What axe finds in a page: `page.evaluate(axe.source)`, then `page.evaluate(RUN_AXE)`.

/** Each rule that axe finds broken, with the first element that breaks it. */
export const RUN_AXE = `axe.run().then(({ violations }) =>
  violations.map(({ id, nodes }) => \`\${id}: \${nodes[0].html}\`))`;
