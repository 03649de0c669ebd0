import { expect, it } from 'vitest'
import { checkMarkdown } from './markdown-links.ts'

const own = new Set(['todo.add'])

it.each([
  '# Title\n\nSee [the docs](https://example.com) or <https://example.com>.',
  'Press [Add](command:todo.add) or [change it](#todo.max).',
  '![A picture](media/shot.svg)',
  '[The docs](https://example.com) first, then ![a picture](media/shot.svg).',
  '![A picture](media/shot.svg)\n\n[The docs](https://example.com)',
  'Generic `Map<string, number>` and a<br>break and 1 < 2.',
])('takes %s', (text) => {
  expect(checkMarkdown(text, own)).toBeNull()
})

it.each([
  ['an image beacon', '![](https://evil.example/p?u=1)', 'other servers'],
  ['an image beacon in brackets', '![a](<https://evil.example/p>)', 'other servers'],
  ['an image beacon by reference', '![a][b]\n\n[b]: https://evil.example/p', 'other servers'],
  ['an image beacon without a scheme', '![](//evil.example/p)', 'other servers'],
  [
    'an image beacon with brackets in its words',
    '![a [b](x) `]` c](https://evil.example/p)',
    'other servers',
  ],
  ['an image beacon by its own name', '![b]\n\n[b]: https://evil.example/p', 'other servers'],
  ['an image beacon by a quoted reference', '![a][b]\n\n> [b]: https://evil.example/p', 'other servers'],
  ['an HTML image', '<img src="https://evil.example/p">', 'other servers'],
  ['an HTML image without quotes', '<img src=//evil.example/p>', 'other servers'],
  ['a script', 'a</script><script>alert(1)</script>', 'HTML'],
  ['an event handler', '<b onclick="x()">b</b>', 'HTML'],
  ['a javascript: link', '[a](javascript:alert(1))', 'javascript:'],
  ['a javascript: link in capitals', '[a](JavaScript:alert(1))', 'javascript:'],
  ['a javascript: link with an entity', '[a](javascript&#58;alert(1))', 'https'],
  ['a javascript: reference', '[a]: javascript:alert(1)', 'javascript:'],
  ['a javascript: href', '<a href="javascript:alert(1)">a</a>', 'javascript:'],
  ['a data: link', '[a](data:text/html,x)', 'data:'],
  ['a vscode: link', '<vscode://settings/x>', 'vscode:'],
  ['a foreign command', '[a](command:workbench.action.terminal.sendSequence?%7B%7D)', 'commands'],
])('refuses %s', (_name, text, reason) => {
  expect(checkMarkdown(text, own)).toContain(reason)
})

it('reads 1 MB of unfinished marks in linear time', () => {
  // Reading on from each mark to the end would outlast this test.
  for (const unit of ['<', '![', '](', '<a ', ' src=', '<a:', '\n['])
    expect(checkMarkdown(unit.repeat(1_000_000 / unit.length), own), unit).toBeNull()
  expect(checkMarkdown('[a]: '.repeat(200_000), own)).toContain('https')
})
