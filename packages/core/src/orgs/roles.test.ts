import { describe, expect, it } from 'vitest'
import { permissions, roleMay, roles } from './roles.ts'

/** The whole matrix, written out: a change of rights is a change here too. */
const matrix = `
                  owner admin billing member viewer
  plugins.read    x     x     x       x      x
  plugins.write   x     x     .       x      .
  tokens.read     x     x     x       x      x
  tokens.spend    x     x     .       x      .
  billing.read    x     x     x       .      .
  billing.write   x     .     x       .      .
  members.read    x     x     x       x      x
  members.invite  x     x     .       .      .
  members.write   x     x     .       .      .
  keys.read       x     x     .       .      .
  keys.write      x     x     .       .      .
  settings.write  x     x     .       .      .
  org.delete      x     .     .       .      .`

describe('roles', () => {
  it('may do exactly what the matrix says', () => {
    const [head = [], ...rows] = matrix
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
    expect(head).toEqual([...roles])
    expect(
      permissions.map((permission) => [
        permission,
        ...roles.map((role) => (roleMay(role, permission) ? 'x' : '.')),
      ]),
    ).toEqual(rows)
  })
})
