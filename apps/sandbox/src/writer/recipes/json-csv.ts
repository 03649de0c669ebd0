import { codePart, type Recipe } from '../recipe.ts'

export const jsonCsv: Recipe = {
  id: 'json-csv',
  title: 'JSON and CSV',
  summary: 'turns JSON into CSV and CSV into JSON, in a new file',
  category: 'Other',
  keywords: ['json+csv', 'csv'],
  usage: [
    'Open a JSON file (or select a part of it) and run “Convert JSON to CSV”: the result opens beside it.',
    'Nested objects become dotted columns. “Convert CSV to JSON” takes the first row for the names.',
  ],
  part: () =>
    codePart({
      id: 'json-csv',
      title: 'JSON and CSV',
      call: 'activateJsonCsv',
      contributes: {
        commands: [
          { command: 'jsonCsv.toCsv', title: 'Convert JSON to CSV', category: 'JSON and CSV' },
          { command: 'jsonCsv.toJson', title: 'Convert CSV to JSON', category: 'JSON and CSV' },
        ],
        menus: {
          'editor/context': [
            { command: 'jsonCsv.toCsv', when: 'resourceExtname == .json', group: '1_modification' },
            { command: 'jsonCsv.toJson', when: 'resourceExtname == .csv', group: '1_modification' },
          ],
        },
        settings: {
          'jsonCsv.delimiter': {
            type: 'string',
            enum: [',', ';', '\t', '|'],
            enumDescriptions: ['Comma', 'Semicolon', 'Tab', 'Pipe'],
            default: ',',
            description: 'What separates the cells of a row.',
          },
        },
      },
    }),
}
