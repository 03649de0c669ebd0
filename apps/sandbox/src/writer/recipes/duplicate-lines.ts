import { codePart, type Recipe } from '../recipe.ts'

const category = 'Duplicate Lines'

export const duplicateLines: Recipe = {
  id: 'duplicate-lines',
  title: 'Duplicate Lines',
  summary: 'highlights lines that occur more than once',
  category: 'Other',
  keywords: [
    'highlight|find|show|mark|detect+duplicate|repeated',
    'hervorheb|markier|find|zeig+doppelt|duplikat',
    'surlign|trouv|montr+doublon|dupliqu',
    'resalt|destac|realc|encontr|mostr+duplicad|repetid',
    'evidenzi|trov|mostr+duplicat|ripetut',
    '高亮|标记|突出+重复',
    '重複+ハイライト|強調',
    'подсве|выдел|найти+дублик|повтор',
  ],
  usage: [
    'Repeated lines are highlighted; rest the pointer on one to see where the others are.',
    '“Go to Next Copy” jumps between them, “Toggle Highlighting” switches it off and on.',
  ],
  part: () =>
    codePart({
      id: 'duplicate-lines',
      title: 'Duplicate Lines',
      call: 'activateDuplicateLines',
      onStartup: true,
      contributes: {
        commands: [
          { command: 'duplicateLines.toggle', title: 'Toggle Highlighting', category },
          { command: 'duplicateLines.next', title: 'Go to Next Copy', category },
        ],
        settings: {
          'duplicateLines.minLength': {
            type: 'number',
            default: 8,
            minimum: 1,
            description: 'Shorter lines are left alone.',
          },
          'duplicateLines.ignoreCase': {
            type: 'boolean',
            default: false,
            description: 'Treat capital and small letters alike.',
          },
          'duplicateLines.onByDefault': {
            type: 'boolean',
            default: true,
            description: 'Highlight as soon as a window opens.',
          },
        },
      },
    }),
}
