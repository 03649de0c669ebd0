import { codePart, type Recipe } from '../recipe.ts'

export const todoTree: Recipe = {
  id: 'todo-tree',
  title: 'TODO Tree',
  summary: 'lists the TODO and FIXME comments of the workspace in a tree view',
  category: 'Other',
  keywords: [
    // In Spanish and Portuguese "todo" means "all": only capitals count by themselves.
    '=TODO|TODOs',
    'todo$|todos$|to-do|to do+tree|list$|view$|panel$|comment|scan|sidebar|fixme|kommentar|ansicht|baum',
    'fixme',
    '待办',
    'todo|やること|タスク+一覧|ツリー|リスト',
    'список|дерев+задач|дел$',
  ],
  usage: [
    'Open the Explorer: the TODO view lists every note by file. Click one to open it.',
    'The list follows what you save; the refresh button scans the workspace again.',
  ],
  part: () =>
    codePart({
      id: 'todo-tree',
      title: 'TODO Tree',
      call: 'activateTodoTree',
      contributes: {
        commands: [
          { command: 'todoTree.refresh', title: 'Refresh', category: 'TODO Tree', icon: '$(refresh)' },
          { command: 'todoTree.open', title: 'Open Note', category: 'TODO Tree' },
        ],
        views: { explorer: [{ id: 'todoTree.view', name: 'TODO' }] },
        menus: {
          'view/title': [{ command: 'todoTree.refresh', when: 'view == todoTree.view', group: 'navigation' }],
          commandPalette: [{ command: 'todoTree.open', when: 'false' }],
        },
        settings: {
          'todoTree.tags': {
            type: 'array',
            items: { type: 'string' },
            default: ['TODO', 'FIXME', 'HACK', 'XXX'],
            description: 'Words that mark a note.',
          },
          'todoTree.include': { type: 'string', default: '**/*', description: 'Files to scan, as a glob.' },
          'todoTree.exclude': {
            type: 'string',
            default: '**/{node_modules,.git,dist,out,build,coverage}/**',
            description: 'Files to leave out, as a glob.',
          },
          'todoTree.maxFiles': {
            type: 'number',
            default: 2000,
            minimum: 1,
            description: 'Most files to scan.',
          },
        },
      },
    }),
}
