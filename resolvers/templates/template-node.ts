// The Node `Template`.
import type { TemplateResource } from '../../src/rest/templates/templates.ts';
import { plannedLoader } from '../loaders.ts';
import { hexNode } from '../node.ts';

export const templateNode = hexNode(
  plannedLoader<TemplateResource>((ids, { catalog, call }) => catalog.templates(ids, call)),
);
