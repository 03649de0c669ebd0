import { crc32 } from 'node:zlib'
import { zlibSync } from 'fflate'

const size = 128
const tileSize = 32

/**
 * A PNG of 128 × 128 pixels: a mosaic of one colour's shades, mirrored at the middle. Colour and pattern follow from the name, so
 * that plugins are told apart in a list and a plugin keeps its face.
 */
export function drawIcon(name: string): Uint8Array {
  const seed = crc32(name)
  const rows = new Uint8Array(size * (1 + size * 3))
  for (let y = 0; y < size; y++) {
    const row = y * (1 + size * 3)
    // Each row starts with its filter type, 0: none.
    for (let x = 0; x < size; x++) rows.set(pixel(seed, x, y), row + 1 + x * 3)
  }
  const header = new DataView(new ArrayBuffer(13))
  header.setUint32(0, size)
  header.setUint32(4, size)
  header.setUint8(8, 8) // bits per channel
  header.setUint8(9, 2) // colour type: red, green, blue
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', new Uint8Array(header.buffer)),
    chunk('IDAT', zlibSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ])
}

function pixel(seed: number, x: number, y: number): [number, number, number] {
  const column = Math.floor(Math.min(x, size - 1 - x) / tileSize)
  const row = Math.floor(y / tileSize)
  const isBright = ((seed >>> (row * 2 + column)) & 1) === 1
  const shade = isBright ? 1 : 0.55
  return [channel(seed, 8, shade), channel(seed, 16, shade), channel(seed, 24, shade)]
}

/** A channel between 70 and 230 times the shade, so that the tile shows on light and dark grounds. */
function channel(seed: number, shift: number, shade: number): number {
  return Math.round((70 + (((seed >>> shift) & 0xff) / 255) * 160) * shade)
}

function chunk(type: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, checksum])
}
