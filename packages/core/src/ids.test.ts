import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromPublicId, type IdKind, idPrefixes, toPublicId } from './ids.ts'

const kinds = Object.keys(idPrefixes) as IdKind[]
const kind = fc.constantFrom(...kinds)
const uuid = fc.uuid()

describe('a public id', () => {
  it('reads back as the uuid that it was written from', () => {
    fc.assert(
      fc.property(kind, uuid, (k, id) => {
        expect(fromPublicId(k, toPublicId(k, id))).toBe(id)
      }),
    )
  })

  it.each([
    ['00000000-0000-0000-0000-000000000000', 'plg_00000000000000000000000000'],
    ['ffffffff-ffff-ffff-ffff-ffffffffffff', 'plg_7zzzzzzzzzzzzzzzzzzzzzzzzz'],
    ['01890a5d-ac96-774b-bcce-b302099a8057', 'plg_01h455vb4pex5vsknk084sn02q'],
  ])('of %s is %s', (id, text) => {
    expect(toPublicId('plugin', id)).toBe(text)
  })

  it('keeps the order of its uuid', () => {
    fc.assert(
      fc.property(uuid, uuid, (a, b) => {
        const [x, y] = [toPublicId('event', a), toPublicId('event', b)]
        expect(x < y).toBe(a < b)
      }),
    )
  })

  it('has one canonical form: what reads at all is what is written', () => {
    const character = fc.constantFrom(...'0123456789abcdefghijklmnopqrstuvwxyzILOU-_ ')
    const text = fc.array(character, { minLength: 25, maxLength: 27 }).map((list) => `plg_${list.join('')}`)
    fc.assert(
      fc.property(text, (id) => {
        const read = fromPublicId('plugin', id)
        if (read !== null) expect(toPublicId('plugin', read)).toBe(id)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['too large for a uuid', 'plg_80000000000000000000000000'],
    ['in capitals', 'plg_01H455VB4PEX5VSKNK084SN02Q'],
    ['with a look-alike letter', 'plg_0lh455vb4pex5vsknk084sn02q'],
    ['of another kind', 'ver_01h455vb4pex5vsknk084sn02q'],
    ['a character short', 'plg_01h455vb4pex5vsknk084sn02'],
    ['a character long', 'plg_001h455vb4pex5vsknk084sn02q'],
    ['with a space', 'plg_01h455vb4pex5vsknk084sn02q '],
    ['a bare uuid', '01890a5d-ac96-774b-bcce-b302099a8057'],
    ['with a surrogate pair', 'plg_01h455vb4pex5vsknk084sn0😀'],
    ['nothing', ''],
  ])('is none when it is %s', (_, id) => {
    expect(fromPublicId('plugin', id)).toBeNull()
  })

  it('is only made from a lower-case uuid', () => {
    expect(() => toPublicId('plugin', '01890A5D-ac96-774b-bcce-b302099a8057')).toThrow(RangeError)
    expect(() => toPublicId('plugin', '1; drop table')).toThrow(RangeError)
  })

  it('has a prefix of its own for every kind', () => {
    expect(new Set(Object.values(idPrefixes)).size).toBe(kinds.length)
  })
})
