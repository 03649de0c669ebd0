/** The prefix of every kind of id that leaves the database. The one table: a new kind is a new line here. */
export const idPrefixes = {
  user: 'usr',
  org: 'org',
  membership: 'mem',
  plugin: 'plg',
  version: 'ver',
  generation: 'gen',
  hold: 'hld',
  entry: 'ent',
  key: 'key',
  session: 'ses',
  invitation: 'inv',
  event: 'evt',
} as const

export type IdKind = keyof typeof idPrefixes
/** A public id such as `plg_01k9…`: prefix, underscore, 26 characters of Crockford base32 of the uuid. */
export type PublicId<K extends IdKind = IdKind> = `${(typeof idPrefixes)[K]}_${string}`

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Writes a database uuid as a public id. Order is kept: a uuidv7's text sorts by time in both forms.
 * @throws RangeError when `uuid` is not a lower-case uuid, which is a fault of the caller.
 */
export function toPublicId<K extends IdKind>(kind: K, uuid: string): PublicId<K> {
  if (!uuidPattern.test(uuid)) throw new RangeError('not a uuid')
  let rest = BigInt(`0x${uuid.replaceAll('-', '')}`)
  let text = ''
  for (let place = 0; place < 26; place++) {
    text = alphabet.charAt(Number(rest & 31n)) + text
    rest >>= 5n
  }
  return `${idPrefixes[kind]}_${text}` as PublicId<K>
}

/** Reads a public id back into its uuid; null for anything that is not an id of this kind in its one canonical form. */
export function fromPublicId(kind: IdKind, id: string): string | null {
  const prefix = `${idPrefixes[kind]}_`
  if (!id.startsWith(prefix) || id.length !== prefix.length + 26) return null
  let value = 0n
  for (const character of id.slice(prefix.length)) {
    const digit = alphabet.indexOf(character)
    if (digit < 0) return null
    value = (value << 5n) | BigInt(digit)
  }
  // 26 base32 digits carry 130 bits: the top two must be zero, or two texts would name one id.
  if (value >> 128n !== 0n) return null
  const hex = value.toString(16).padStart(32, '0')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
