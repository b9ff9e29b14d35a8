// Templates: which fields serve which operations.
import { cover, inTemplate, list, mutation, query } from '../row.ts';

cover({
  listTemplates: { fields: ['templates', 'Room.template'], document: list('templates') },
  createTemplate: {
    fields: ['createTemplate'],
    document: mutation('createTemplate', () => 'name: "made here"'),
  },
  getTemplate: {
    fields: ['template'],
    document: query(({ template }) => `template(id: "${template}") { name }`),
  },
  updateTemplate: {
    fields: ['updateTemplate', 'patchTemplate'],
    document: mutation('patchTemplate', ({ template }) => `id: "${template}", roles: [{ name: "extra" }]`),
  },
  getRole: {
    fields: ['setRole', 'renameRole', 'Template.role'],
    document: mutation('setRole', (cast) => `${inTemplate(cast)}, name: "extra", priority: 2`),
  },
  putRole: {
    fields: ['setRole', 'renameRole'],
    document: mutation('renameRole', (cast) => `${inTemplate(cast)}, name: "extra", newName: "spare"`),
  },
  deleteRole: {
    fields: ['deleteRole'],
    document: mutation('deleteRole', (cast) => `${inTemplate(cast)}, name: "spare"`),
  },
  getSettings: {
    fields: ['updateTemplateSettings', 'Template.settings'],
    document: mutation('updateTemplateSettings', (cast) => `${inTemplate(cast)}, region: EU`),
  },
  updateSettings: {
    fields: ['updateTemplateSettings'],
    document: mutation('updateTemplateSettings', (cast) => `${inTemplate(cast)}, region: US`),
  },
  getDestinations: {
    fields: ['updateTemplateDestinations', 'Template.destinations'],
    document: mutation(
      'updateTemplateDestinations',
      (cast) => `${inTemplate(cast)}, hls: [{ name: "made-here" }]`,
    ),
  },
  updateDestinations: {
    fields: ['updateTemplateDestinations'],
    document: mutation(
      'updateTemplateDestinations',
      (cast) => `${inTemplate(cast)}, removeHls: ["made-here"]`,
    ),
  },
  getRecordingConfigs: {
    fields: ['Template.recordingConfigs'],
    document: query(({ template }) => `template(id: "${template}") { recordingConfigs { name } }`),
  },
  updateRecordingConfigs: {
    fields: ['updateRecordingConfig'],
    document: mutation(
      'updateRecordingConfig',
      (cast) => `${inTemplate(cast)}, name: "default", role: "host"`,
    ),
  },
});
