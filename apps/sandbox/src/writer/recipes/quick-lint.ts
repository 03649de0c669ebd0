import { codePart, type Recipe } from '../recipe.ts'

const rule = (description: string) => ({ type: 'boolean', default: true, description })

export const quickLint: Recipe = {
  id: 'quick-lint',
  title: 'Quick Lint',
  summary: 'marks left-over console.log, loose equality and trailing spaces, with quick fixes',
  category: 'Linters',
  keywords: [
    'lint|линт|リント|リンター',
    'console.log|console log',
    'loose equality|strict equality|==',
    'trailing+whitespace|space',
    'quick fix|quickfix|schnellkorrektur|correction rapide|correccion rapida|correcao rapida|correzione rapida|快速修复|クイックフィックス|быстр+исправл',
    'leerzeichen+ende|zeilenende|nachgestellt|uberflussig',
    'espace+fin de ligne|inutile',
    'espacio|espaco|spazi+final|sobran|fine riga',
    '行尾空格',
    '行末+空白|スペース',
    'пробел+конц',
  ],
  usage: [
    'Problems show up as you type; the light bulb offers the fix.',
    '“Fix Everything in This File” applies all fixes at once. Each rule can be switched off.',
  ],
  part: () =>
    codePart({
      id: 'quick-lint',
      title: 'Quick Lint',
      call: 'activateQuickLint',
      onStartup: true,
      contributes: {
        commands: [
          { command: 'quickLint.fixAll', title: 'Fix Everything in This File', category: 'Quick Lint' },
        ],
        settings: {
          'quickLint.enabled': rule('Look for problems at all.'),
          'quickLint.consoleLog': rule('Mark console.log and console.debug.'),
          'quickLint.looseEquality': rule('Mark == and != in JavaScript and TypeScript.'),
          'quickLint.trailingWhitespace': rule('Mark spaces at the end of a line.'),
        },
      },
    }),
}
