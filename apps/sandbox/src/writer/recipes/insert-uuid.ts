import { codePart, type Recipe } from '../recipe.ts'

const everyCursor =
  'every cursor|each cursor|all cursors|multiple cursor|jedem cursor|allen cursor|chaque curseur|cada cursor|ogni cursore|每个光标|各カーソル|すべてのカーソル|каждом курсор'

export const insertUuid: Recipe = {
  id: 'insert-uuid',
  title: 'Insert UUID',
  summary: 'inserts UUIDs or a text of your own at every cursor',
  category: 'Other',
  keywords: [
    'uuid|guid$|guids$',
    'unique id',
    'eindeutige id|identifiant unique|identificador unico|identificativo unico|唯一标识|一意の識別子',
    `snippet|text|texte|texto|testo|number|nummer|numer|文本|テキスト|текст+${everyCursor}`,
  ],
  usage: [
    'Place as many cursors as you like and run “Insert UUID”: each gets its own random UUID (version 4).',
    '“Insert Text at Every Cursor” asks for a text; {n} becomes 1, 2, 3 … and {uuid} a new UUID.',
  ],
  part: () =>
    codePart({
      id: 'insert-uuid',
      title: 'Insert UUID',
      call: 'activateInsertUuid',
      contributes: {
        commands: [
          { command: 'insertUuid.insert', title: 'Insert UUID', category: 'UUID' },
          {
            command: 'insertUuid.insertSame',
            title: 'Insert the Same UUID at Every Cursor',
            category: 'UUID',
          },
          { command: 'insertUuid.insertText', title: 'Insert Text at Every Cursor', category: 'UUID' },
        ],
        keybindings: [
          {
            command: 'insertUuid.insert',
            key: 'ctrl+alt+u',
            mac: 'cmd+alt+u',
            when: 'editorTextFocus && !editorReadonly',
          },
        ],
        settings: {
          'insertUuid.uppercase': { type: 'boolean', default: false, description: 'Write capital letters.' },
          'insertUuid.hyphens': { type: 'boolean', default: true, description: 'Write the hyphens.' },
        },
      },
    }),
}
