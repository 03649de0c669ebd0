import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProtocolParser, type ProtocolEvent } from './protocol.ts'

function parse(...chunks: string[]): ProtocolEvent[] {
  const parser = createProtocolParser()
  return merged([...chunks.flatMap((chunk) => parser.push(chunk)), ...parser.end()])
}

/** Joins neighbouring texts, which chunks may split anywhere. */
function merged(events: ProtocolEvent[]): ProtocolEvent[] {
  return events.reduce<ProtocolEvent[]>((joined, event) => {
    const last = joined.at(-1)
    const isSameText = last?.type === event.type && 'text' in last && 'text' in event
    if (isSameText) last.text += event.text
    else joined.push({ ...event })
    return joined
  }, [])
}

describe('protocol', () => {
  it('reads prose, files and deletions in order', () => {
    const answer = 'Hello\n<file path="src/a.ts">\nconst a = 1\n</file>\nmore\n<delete path="src/old.ts"/>\n'
    expect(parse(answer)).toEqual([
      { type: 'prose', text: 'Hello\n' },
      { type: 'file-open', path: 'src/a.ts' },
      { type: 'file-text', path: 'src/a.ts', text: 'const a = 1\n' },
      { type: 'file-close', path: 'src/a.ts' },
      { type: 'prose', text: 'more\n' },
      { type: 'delete', path: 'src/old.ts' },
    ])
  })

  it('reports text at once when its line can no longer become a tag', () => {
    const parser = createProtocolParser()
    expect(parser.push('Let me ')).toEqual([{ type: 'prose', text: 'Let me ' }])
    expect(parser.push('add <file')).toEqual([{ type: 'prose', text: 'add <file' }])
    expect(parser.push('\n<fi')).toEqual([{ type: 'prose', text: '\n' }])
    expect(parser.push('ne')).toEqual([{ type: 'prose', text: '<fine' }])
  })

  it('holds back only what may become the closing tag', () => {
    const parser = createProtocolParser()
    parser.push('<file path="a.ts">\n')
    expect(parser.push('</')).toEqual([])
    expect(parser.push('div>')).toEqual([{ type: 'file-text', path: 'a.ts', text: '</div>' }])
  })

  it('normalises CRLF and keeps a lone CR', () => {
    expect(parse('<file path="a.ts">\r\none\r', '\ntwo\rthree\r\n</file>\r\n')).toEqual([
      { type: 'file-open', path: 'a.ts' },
      { type: 'file-text', path: 'a.ts', text: 'one\ntwo\rthree\n' },
      { type: 'file-close', path: 'a.ts' },
    ])
  })

  it('reports a missing last </file> as a cut-off', () => {
    expect(parse('<file path="a.ts">\nconst a').at(-1)).toEqual({ type: 'cut-off', path: 'a.ts' })
  })

  it('takes a last </file> without a line end', () => {
    expect(parse('<file path="a.ts">\nx\n</file>').at(-1)).toEqual({ type: 'file-close', path: 'a.ts' })
  })

  it.each([
    ['drops a fence around the whole content', 'a.ts', '```ts\nx\n```\n', 'x\n'],
    ['keeps a fence that only ends the content', 'a.ts', 'x\n```\n', 'x\n```\n'],
    ['keeps fences in the middle', 'a.ts', '```ts\nx\n```\ny\n```\n', 'x\n```\ny\n'],
    ['keeps the first block of a README', 'README.md', '```sh\nls\n```\n', '```sh\nls\n```\n'],
    ['drops a fence that wraps a README as Markdown', 'README.md', '```markdown\n# A\n```\n', '# A\n'],
    ['keeps tags inside of lines', 'a.ts', 'const a = "</file>"\n', 'const a = "</file>"\n'],
    ['keeps an indented closing tag', 'a.html', '  </file>\n', '  </file>\n'],
    ['keeps an opening tag inside of a file', 'a.md', '<file path="b.ts">\n', '<file path="b.ts">\n'],
  ])('%s', (_name, path, content, expected) => {
    expect(parse(`<file path="${path}">\n${content}</file>\n`)).toEqual([
      { type: 'file-open', path },
      { type: 'file-text', path, text: expected },
      { type: 'file-close', path },
    ])
  })

  it.each([
    '<file path=a.ts>',
    '<file path="">',
    '<file path="a.ts"> x',
    'x <file path="a.ts">',
    '<FILE path="a.ts">',
    `<file path="${'a'.repeat(400)}">`,
    '<delete path="a.ts">',
  ])('takes %s as prose', (line) => {
    expect(parse(`${line}\n`)).toEqual([{ type: 'prose', text: `${line}\n` }])
  })

  it('gives the same events however the answer is cut into chunks', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...[
          '<file path="a.ts">',
          '<file path="R.md">',
          '</file>',
          '<delete path="b"/>',
          '```',
          '```ts',
          '\n',
        ],
        ...[
          '\r\n',
          '\r',
          ' ',
          '\t',
          '<',
          '</fi',
          'x',
          '`',
          '<file path="',
          '"',
          '>',
          ' '.repeat(299),
          'é',
          '\u{1f600}',
        ],
      ),
      fc.string({ maxLength: 5 }),
    )
    const property = fc.property(
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
      fc.array(fc.nat({ max: 400 }), { maxLength: 30 }),
      (answer, cuts) => {
        const at = [...new Set(cuts.filter((cut) => cut < answer.length)), answer.length].sort(
          (a, b) => a - b,
        )
        const chunks = at.map((end, index) => answer.slice(at[index - 1] ?? 0, end))
        expect(parse(...chunks)).toEqual(parse(answer))
        expect(parse(...answer.split(''))).toEqual(parse(answer))
      },
    )
    fc.assert(property, { numRuns: 1000 })
  })

  it('returns any file content that is not wrapped in a fence', () => {
    const line = fc.string({ maxLength: 20 }).filter((text) => !/[\r\n]|^<\/file>[ \t]*$|^```/.test(text))
    const property = fc.property(fc.array(line, { minLength: 1 }), (lines) => {
      const content = `${lines.join('\n')}\n`
      expect(parse(`<file path="a.txt">\n${content}</file>\n`)[1]).toEqual({
        type: 'file-text',
        path: 'a.txt',
        text: content,
      })
    })
    fc.assert(property)
  })

  it.each([
    ['one long line', 'x'],
    ['openings that never end', '<file path="'],
    ['line starts that may become tags', '\n<file pat'],
    ['carriage returns', '\r'],
    ['spaces', ' '],
  ])('takes 30 MB of %s in linear time', (_name, unit) => {
    const size = 30 * 1024 * 1024
    const chunk = unit.repeat(Math.ceil(4096 / unit.length))
    const parser = createProtocolParser()
    let length = 0
    for (let sent = 0; sent < size; sent += chunk.length) {
      for (const event of parser.push(chunk)) if ('text' in event) length += event.text.length
    }
    for (const event of parser.end()) if ('text' in event) length += event.text.length
    // A parser that read its rest again with each chunk would outlast this test.
    expect(length).toBeGreaterThanOrEqual(size)
  })
})
