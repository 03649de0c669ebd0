import { cn } from './cn.tsx'

/** `Mod` is the key that makes commands: ⌘ on Apple's keyboards, Ctrl elsewhere. */
const isApple = typeof navigator !== 'undefined' && /Mac|iP(hone|ad|od)/.test(navigator.userAgent)

const appleSigns: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↵' }
const otherSigns: Record<string, string> = { Mod: 'Ctrl' }

/**
 * A key hint such as `Mod+K`. Keys of one chord are joined by `+`, keys that follow each other by a space. Screen
 * readers hear the names of the keys.
 */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  return (
    <span className={cn('inline-flex shrink-0 items-center gap-1', className)}>
      {keys.split(' ').map((chord) => (
        <span key={chord} className="inline-flex items-center gap-0.5">
          {chord.split('+').map((key) => (
            <kbd
              key={key}
              className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border bg-sunken px-1 font-sans text-muted text-xs"
            >
              {signOf(key)}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  )
}

const signOf = (key: string) => (isApple ? appleSigns : otherSigns)[key] ?? key

/** The same as words, for titles and for `aria-keyshortcuts`-like text: `Ctrl+K`. */
export const keysText = (keys: string) =>
  keys.replaceAll('Mod', isApple ? 'Cmd' : 'Ctrl').replaceAll(' ', ' then ')
