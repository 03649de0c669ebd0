const leastContrast = 4.6

/** Hue in degrees, saturation and lightness in percent. */
export function hex(hue: number, saturation: number, lightness: number): string {
  const light = Math.min(100, Math.max(0, lightness)) / 100
  const strength = (saturation / 100) * Math.min(light, 1 - light)
  const channel = (offset: number) => {
    const turn = (offset + (((hue % 360) + 360) % 360) / 30) % 12
    const value = light - strength * Math.max(-1, Math.min(turn - 3, 9 - turn, 1))
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${channel(0)}${channel(8)}${channel(4)}`
}

/** The given colour, made darker on a light ground or lighter on a dark one until it can be read there. */
export function readable(hue: number, saturation: number, on: { ground: string; isLight: boolean }): string {
  const step = on.isLight ? -2 : 2
  let lightness = on.isLight ? 42 : 66
  while (lightness > 0 && lightness < 100) {
    const colour = hex(hue, saturation, lightness)
    if (contrast(colour, on.ground) >= leastContrast) return colour
    lightness += step
  }
  return on.isLight ? '#000000' : '#ffffff'
}

/** The contrast ratio of WCAG 2, from 1 to 21. */
function contrast(first: string, second: string): number {
  const [low = 0, high = 0] = [luminance(first), luminance(second)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

function luminance(colour: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}
