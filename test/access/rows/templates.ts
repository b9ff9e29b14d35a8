// The rows of the access table for templates: the scopes that their fields need.
import { ofWorkspace } from '../kinds.ts';
import { access, covered, row } from '../row.ts';
import { linkRows, roomWay } from '../ways.ts';

access({
  nodes: [
    {
      name: 'Template',
      scope: 'templates:read',
      rooms: 'shared',
      localId: ({ template }) => template,
      reads: ['getTemplate'],
    },
    {
      name: 'Role',
      scope: 'templates:read',
      rooms: 'shared',
      localId: ({ template }) => `${template}:host`,
      reads: ['getTemplate'],
    },
  ],
  rows: [
    row('Query.template', 'templates:read', { rooms: 'shared' }, covered('getTemplate')),
    row('Query.templates', 'templates:read', { rooms: 'shared' }, covered('listTemplates')),
    ...linkRows(roomWay, [['template', 'templates:read', '{ name }']]),
    ofWorkspace('createTemplate', 'templates:write', covered('createTemplate')),
    ofWorkspace(
      'updateTemplate',
      'templates:write',
      ({ spareTemplate }) =>
        `mutation { updateTemplate(input: { id: "${spareTemplate}", roles: [{ name: "host" }], settings: {} }) { __typename } }`,
    ),
    ofWorkspace('patchTemplate', 'templates:write', covered('updateTemplate')),
    ofWorkspace('setRole', 'templates:write', covered('getRole')),
    ofWorkspace('renameRole', 'templates:write', covered('putRole')),
    ofWorkspace('deleteRole', 'templates:write', covered('deleteRole')),
    ofWorkspace('updateTemplateSettings', 'templates:write', covered('updateSettings')),
    ofWorkspace('updateTemplateDestinations', 'templates:write', covered('getDestinations')),
    ofWorkspace('updateRecordingConfig', 'templates:write', covered('updateRecordingConfigs')),
  ],
});
