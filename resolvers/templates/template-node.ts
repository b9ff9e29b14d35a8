// The Node `Template`.
import type { TemplateResource } from '../../src/rest/templates/templates.ts';
import { plannedLoader } from '../loaders.ts';
import { hexNode } from '../node.ts';

/** The Node `Template` with its loader, which reads templates through the catalog: from memory, or batched REST calls. */
export const templateNode = hexNode(
  plannedLoader<TemplateResource>((ids, { catalog, call }) => catalog.templates(ids, call)),
  (id, { catalog, call }) => catalog.knownTemplate(id, call.onStale),
);
