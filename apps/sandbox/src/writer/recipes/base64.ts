import { codePart, type Recipe } from '../recipe.ts'

export const base64: Recipe = {
  id: 'base64',
  title: 'Base64',
  summary: 'encodes and decodes Base64',
  category: 'Other',
  keywords: ['base64|base 64|base-64'],
  usage: [
    'Select text, or nothing for the whole file, and run “Encode as Base64” or “Decode Base64”.',
    'Decoding reads both alphabets, with or without padding.',
  ],
  part: () =>
    codePart({
      id: 'base64',
      title: 'Base64',
      call: 'activateBase64',
      contributes: {
        commands: [
          { command: 'base64.encode', title: 'Encode as Base64', category: 'Base64' },
          { command: 'base64.decode', title: 'Decode Base64', category: 'Base64' },
          { command: 'base64.copyEncoded', title: 'Copy as Base64', category: 'Base64' },
        ],
        menus: {
          'editor/context': [
            { command: 'base64.encode', when: 'editorHasSelection', group: '9_base64@1' },
            { command: 'base64.decode', when: 'editorHasSelection', group: '9_base64@2' },
          ],
        },
        settings: {
          'base64.urlSafe': {
            type: 'boolean',
            default: false,
            description: 'Encode with - and _ and without padding, as addresses need it.',
          },
        },
      },
    }),
}
