import { describe, expect, it } from 'vitest'
import { checkFiles, checkPath } from './paths.ts'

const files = (...paths: string[]) => new Map(paths.map((path) => [path, '']))

describe('checkPath', () => {
  it.each([
    'package.json',
    'src/extension.ts',
    'themes/Night Owl-color-theme.json',
    'media/icon@2x.svg',
    'a+b/c_d.txt',
    'LICENSE',
    'src/console.ts',
    'src/com.ts',
    `${'a'.repeat(100)}/${'b'.repeat(99)}`,
  ])('takes %s', (path) => {
    expect(checkPath(path)).toBeNull()
  })

  it.each([
    ['nothing', '', 'no name'],
    ['a parent', '../x', 'inside'],
    ['a parent in the middle', 'src/../../x', 'inside'],
    ['a dot', './x', 'inside'],
    ['an absolute path', '/etc/passwd', 'leading /'],
    ['a drive letter', 'C:/x.ts', 'drive letter'],
    ['a relative drive letter', 'c:x.ts', 'drive letter'],
    ['backslashes', '..\\x', 'not with \\'],
    ['a UNC path', '\\\\server\\share', 'not with \\'],
    ['NUL', 'a\0.ts', 'ASCII'],
    ['a line feed', 'a\nb.ts', 'ASCII'],
    ['a text-direction override', 'a\u202etxt.ts', 'ASCII'],
    ['a zero-width space', 'a\u200b.ts', 'ASCII'],
    ['a look-alike letter', 'src/ext\u0435nsion.ts', 'ASCII'],
    ['a look-alike slash', 'src\u2215a.ts', 'ASCII'],
    ['a composed letter', 'caf\u00e9.ts', 'ASCII'],
    ['a decomposed letter', 'cafe\u0301.ts', 'ASCII'],
    ['300 characters', 'a'.repeat(300), '200'],
    ['a long name', `a/${'b'.repeat(101)}`, '100'],
    ['21 folders', 'a/'.repeat(20).concat('b'), '20'],
    ['two slashes', 'a//b', 'empty'],
    ['a slash at the end', 'a/', 'empty'],
    ['a trailing dot', 'a./b', 'edge'],
    ['a trailing space', 'a /b', 'edge'],
    ['a leading space', ' a', 'edge'],
    ['an alternate stream', 'a.ts::$DATA', 'ASCII'],
    ['CON', 'CON', 'Windows'],
    ['aux with an extension', 'src/aux.txt', 'Windows'],
    ['com1 with two extensions', 'com1.tar.txt', 'Windows'],
    ['a device as a folder', 'nul/x', 'Windows'],
    ['.git', '.git/config', 'hidden'],
    ['.vscodeignore', '.vscodeignore', 'hidden'],
    ['.npmrc in a folder', 'src/.npmrc', 'hidden'],
    ['.env', '.env', 'hidden'],
    ['node_modules', 'node_modules/a/index.js', 'npm'],
    ['node_modules in other case', 'src/Node_Modules/a.js', 'npm'],
    ['the platform’s bundle', 'dist/extension.js', 'platform builds'],
    ['a lock file', 'package-lock.json', 'platform writes'],
    ['translated texts', 'package.nls.de.json', 'platform writes'],
    ['__proto__', '__proto__', '__proto__'],
    ['__proto__ as a folder', '__proto__/polluted', '__proto__'],
    ['HTML', '<script>.ts', 'ASCII'],
    ['a variable of a shell', '$HOME/x', 'ASCII'],
    ['a percent escape', '%2e%2e/x', 'ASCII'],
    ['a tilde', '~/x', 'ASCII'],
    ['a picture', 'icon.png', 'SVG'],
    ['a program', 'bin/run.exe', 'programs'],
    ['a script', 'install.sh', 'programs'],
    ['a native module', 'a.node', 'programs'],
  ])('refuses %s', (_name, path, reason) => {
    expect(checkPath(path)).toContain(reason)
  })
})

describe('checkFiles', () => {
  it('takes a plugin', () => {
    expect(checkFiles(files('package.json', 'src/extension.ts', 'src/a/b.ts'))).toEqual([])
  })

  it.each([
    ['names that differ in case', files('src/A.ts', 'src/a.ts'), 'only in case'],
    ['folders that differ in case', files('Src/a.ts', 'src/A.ts'), 'only in case'],
    ['a file that is a folder too', files('a', 'a/b'), 'both a file and a folder'],
    ['a file that is a folder in other case', files('A', 'a/b/c'), 'both a file and a folder'],
    ['10,000 files', files(...Array.from({ length: 10_000 }, (_, i) => `f${i}.txt`)), '10000 files'],
    ['no files', files(), 'no files'],
    ['a large file', new Map([['a.txt', 'x'.repeat(1024 * 1024 + 1)]]), '1024 KB'],
    ['a file that is large as UTF-8', new Map([['a.txt', 'é'.repeat(600 * 1024)]]), '1024 KB'],
    ['a large source', new Map([['a.ts', 'x'.repeat(256 * 1024 + 1)]]), '256 KB'],
    ['NUL in a file', new Map([['a.ts', '\0']]), 'NUL'],
    ['code that reads differently than it runs', new Map([['a.ts', '// \u202e }']]), 'text-direction'],
    ['half a surrogate pair', new Map([['a.ts', '\ud800']]), 'broken'],
  ])('refuses %s', (_name, given, reason) => {
    expect(checkFiles(given)[0]?.text).toContain(reason)
  })

  it('adds sizes up', () => {
    const many = (count: number, extension: string, bytes: number) =>
      new Map(Array.from({ length: count }, (_, i) => [`f${i}.${extension}`, 'x'.repeat(bytes)]))
    expect(checkFiles(many(6, 'txt', 1024 * 1024))[0]?.text).toContain('5120 KB')
    expect(checkFiles(many(5, 'ts', 250 * 1024))[0]?.text).toContain('1024 KB')
  })

  it('shows what look-alikes hide, in at most 20 messages', () => {
    const messages = checkFiles(files(...Array.from({ length: 100 }, (_, i) => `\u0435${i}.ts`)))
    expect(messages).toHaveLength(20)
    expect(messages[0]?.text).toContain('"\\u04350.ts"')
  })
})
