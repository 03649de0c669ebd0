import { codePart, type Recipe } from '../recipe.ts'

const category = 'Bookmarks'

export const bookmarks: Recipe = {
  id: 'bookmarks',
  title: 'Bookmarks',
  summary: 'marks lines to come back to',
  category: 'Other',
  keywords: [
    'bookmark|lesezeichen|marque-page|marque page|signet|marcador|segnalibr|书签|ブックマーク|しおり|закладк',
  ],
  usage: [
    'Run “Toggle Bookmark” on a line, then jump with “Next” and “Previous” or choose from the list.',
    'Bookmarks are kept per workspace and move with their lines.',
  ],
  part: () =>
    codePart({
      id: 'bookmarks',
      title: 'Bookmarks',
      call: 'activateBookmarks',
      onStartup: true,
      contributes: {
        commands: [
          { command: 'bookmarks.toggle', title: 'Toggle Bookmark', category },
          { command: 'bookmarks.next', title: 'Next Bookmark', category },
          { command: 'bookmarks.previous', title: 'Previous Bookmark', category },
          { command: 'bookmarks.list', title: 'List Bookmarks', category },
          { command: 'bookmarks.clear', title: 'Clear All Bookmarks', category },
        ],
        keybindings: [
          {
            command: 'bookmarks.toggle',
            key: 'ctrl+alt+k',
            mac: 'cmd+alt+k',
            when: 'editorTextFocus',
          },
        ],
      },
    }),
}
