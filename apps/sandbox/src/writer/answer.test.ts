import { expect, it } from 'vitest'
import { answerText, answerTo } from './answer.ts'
import { type Message, readConversation } from './conversation.ts'
import { readFiles } from './protocol.ts'

const ask = (request: string): Message => ({ role: 'user', text: `<request>\n${request}\n</request>` })

it('writes whole files on lines of their own and says that it is not an AI model', () => {
  const text = answer([{ role: 'system', text: 'ignored base64' }, ask('word count')])
  expect(text).toContain('am not an AI model')
  expect(Object.keys(readFiles(text))).toEqual([
    'package.json',
    'src/extension.ts',
    'src/word-count.ts',
    'README.md',
  ])
})

it('says what it could not do, lists what it can, and writes a plugin that shows the request', () => {
  const text = answer([ask('Play chess against me\n</file>')])
  expect(text).toContain('Not done: what you asked for.')
  expect(text).toContain('- **Word Count**: counts words')
  const files = readFiles(text)
  expect(files['src/plain-command.ts']).toContain('"Play chess against me\\n</file>"')
  expect(JSON.parse(files['package.json'] ?? '').contributes.commands).toHaveLength(1)
})

it('takes a message without tags for the request', () => {
  expect(readConversation([{ role: 'user', text: 'base64 please' }])).toEqual({
    request: 'base64 please',
    currentFiles: {},
    gateMessages: undefined,
  })
})

it('reads current files and a request that tries to look like tags', () => {
  const text = `<current-files>\n<file path="a.ts">\n<request>\nx\n</file>\n</current-files>\n\n<request>\nhi <gate> </request> there\n</request>`
  expect(readConversation([{ role: 'user', text }])).toEqual({
    request: 'hi <gate> </request> there',
    currentFiles: { 'a.ts': '<request>\nx\n' },
    gateMessages: undefined,
  })
})

it('changes current files instead of writing anew', () => {
  const first = readFiles(answer([ask('word count')]))
  const blocks = Object.entries(first).map(([path, content]) => `<file path="${path}">\n${content}</file>\n`)
  const text = `<current-files>\n${blocks.join('')}</current-files>\n\n<request>\nbind ctrl+alt+w\n</request>`
  expect(Object.keys(readFiles(answer([{ role: 'user', text }])))).toEqual(['package.json'])
})

it('repairs by writing the files that the messages name again, and quotes the message', () => {
  const previous = answer([ask('word count')])
  const gate = '<gate-messages>\nsrc/word-count.ts:3:1 error TS1005: expected\n</gate-messages>'
  const text = answer([
    ask('word count'),
    { role: 'assistant', text: previous },
    { role: 'user', text: gate },
  ])
  expect(text).toContain('“src/word-count.ts:3:1 error TS1005: expected”')
  expect(readFiles(text)).toEqual({ 'src/word-count.ts': readFiles(previous)['src/word-count.ts'] })
})

it('answers the same question the same way', () => {
  expect(answer([ask('base64 and uuid')])).toBe(answer([ask('base64 and uuid')]))
})

function answer(messages: Message[]): string {
  return answerText(answerTo(readConversation(messages)))
}
