/** In this order: most browsers also claim to be those that come after them. */
const browsers: [RegExp, string][] = [
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:(?:Headless)?Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/** How people would call a browser by what it says of itself: `Firefox on Linux`. Null for what is none that we know. */
export function browserName(userAgent: string | undefined): string | null {
  // Anybody may send any number of signs: what a browser says of itself is shorter.
  const said = (userAgent ?? '').slice(0, 512)
  const nameIn = (table: [RegExp, string][]) => table.find(([sign]) => sign.test(said))?.[1]
  const browser = nameIn(browsers)
  if (browser === undefined) return null
  const system = nameIn(systems)
  return system === undefined ? browser : `${browser} on ${system}`
}
