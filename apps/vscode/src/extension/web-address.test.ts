import { expect, test } from 'vitest'
import { readWebAddress } from './web-address.ts'

const server = 'https://tallyforge.example'

test('pages are opened, of the sign-in at any host, of the dashboard at the server’s own', () => {
  const page = 'https://tallyforge.example/device?code=BCDF-GHJK'
  expect(readWebAddress(page)).toBe(page)
  expect(readWebAddress('http://127.0.0.1:5173/device')).toBe('http://127.0.0.1:5173/device')
  expect(readWebAddress('/acme/plugins/plg_1', server)).toBe('https://tallyforge.example/acme/plugins/plg_1')
})

test.each([
  'vscode://publisher.extension/run',
  'file:///etc/passwd',
  'command:workbench.action.quit',
  'javascript:alert(1)',
  'ms-msdt:/id',
  '//files.example/share',
  'https://tallyforge.example@other.example/device',
  'no address',
])('%s is not opened as the page of a sign-in', (address) => {
  expect(readWebAddress(address)).toBeNull()
})

test.each([
  'https://other.example/',
  '//other.example/',
  '\\\\other.example/',
  'http://tallyforge.example/',
  'blob:https://tallyforge.example/1',
  'vscode://publisher.extension/run',
  'https://name:word@tallyforge.example/',
])('%s is no page of the server', (address) => {
  expect(readWebAddress(address, server)).toBeNull()
})
